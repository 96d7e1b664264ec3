#include "client/src/mqtt/mosquitto_link.hpp"

#include <mosquitto.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <mutex>
#include <utility>

namespace iothub::client {

namespace {

// The library keeps process-wide state. It is never cleaned up: a client may live in another thread
// or be destroyed after main.
void initialise_library() {
    static std::once_flag once;
    std::call_once(once, [] { mosquitto_lib_init(); });
}

mosquitto_link& link_of(void* self) {
    return *static_cast<mosquitto_link*>(self);
}

loss loss_of_errno(int code) {
    const bool unreachable = code == ENETUNREACH || code == ENETDOWN || code == EHOSTUNREACH;
    return unreachable ? loss::no_network : loss::communication;
}

std::string after_last_colon(const std::string& text) {
    const std::size_t colon = text.rfind(':');
    return colon == std::string::npos ? text : text.substr(colon + 1);
}

} // namespace

void mosquitto_link::deleter::operator()(mosquitto* handle) const {
    mosquitto_destroy(handle);
}

mosquitto_link::mosquitto_link(const link_settings& settings, const std::string& password,
                               tls_context& tls)
    : settings_(settings)
    , password_(password)
    , tls_(tls) {
    initialise_library();
    begin(nullptr);
}

void mosquitto_link::begin(const char* bind_address) {
    constexpr bool clean_session = false;
    handle_.reset(mosquitto_new(settings_.client_id.c_str(), clean_session, this));
    if (!handle_) {
        lose(loss::communication, "libmosquitto could not be set up");
        return;
    }
    set_callbacks();
    mosquitto_username_pw_set(handle_.get(), settings_.user_name.c_str(),
                              password_.empty() ? nullptr : password_.c_str());
    mosquitto_void_option(handle_.get(), MOSQ_OPT_SSL_CTX, tls_.native());
    mosquitto_int_option(handle_.get(), MOSQ_OPT_SSL_CTX_WITH_DEFAULTS, 0);
    mosquitto_int_option(handle_.get(), MOSQ_OPT_TCP_NODELAY, 1);
    connect(bind_address);
}

mosquitto_link::~mosquitto_link() = default;

void mosquitto_link::set_callbacks() {
    mosquitto_connect_callback_set(handle_.get(), on_connect);
    mosquitto_subscribe_callback_set(handle_.get(), on_subscribe);
    mosquitto_publish_callback_set(handle_.get(), on_publish);
    mosquitto_message_callback_set(handle_.get(), on_message);
    mosquitto_log_callback_set(handle_.get(), on_log);
}

void mosquitto_link::connect(const char* bind_address) {
    tls_.take_verify_failure();
    errno = 0;
    const int failure = mosquitto_connect_bind_async(
        handle_.get(), settings_.server.host.c_str(), settings_.server.port,
        static_cast<int>(settings_.keep_alive.count()), bind_address);
    connect_errno_ = errno;
    if (failure != MOSQ_ERR_SUCCESS && failure != MOSQ_ERR_CONN_PENDING) {
        lose(failure);
    }
}

std::vector<link_event> mosquitto_link::take_events() {
    return std::exchange(events_, {});
}

std::optional<int> mosquitto_link::subscribe(const std::vector<std::string>& filters) {
    std::vector<char*> pointers; // the library reads them only, whatever its signature says
    for (const std::string& filter : filters) {
        pointers.push_back(const_cast<char*>(filter.c_str()));
    }
    constexpr int at_least_once = 1;
    int packet_id = 0;
    const int failure =
        mosquitto_subscribe_multiple(handle_.get(), &packet_id, static_cast<int>(pointers.size()),
                                     pointers.data(), at_least_once, 0, nullptr);
    return sent(failure, packet_id);
}

std::optional<int> mosquitto_link::publish(const std::string& topic, std::string_view payload,
                                           int qos) {
    int packet_id = 0;
    const int failure =
        mosquitto_publish(handle_.get(), &packet_id, topic.c_str(),
                          static_cast<int>(payload.size()), payload.data(), qos, false);
    return sent(failure, packet_id);
}

std::optional<int> mosquitto_link::sent(int library_error, int packet_id) {
    if (library_error != MOSQ_ERR_SUCCESS) {
        lose(library_error);
    }
    return lost_ ? std::nullopt : std::optional(packet_id);
}

void mosquitto_link::disconnect() {
    if (!lost_) {
        mosquitto_disconnect(handle_.get());
        lost_ = true;
    }
}

int mosquitto_link::descriptor() const {
    return lost_ ? -1 : mosquitto_socket(handle_.get());
}

bool mosquitto_link::wants_write() const {
    return !lost_ && (!tcp_connected_ || mosquitto_want_write(handle_.get()));
}

void mosquitto_link::process(short ready) {
    if (lost_ || !tcp_connected(ready)) {
        return;
    }
    if ((ready & (POLLIN | POLLHUP | POLLERR)) != 0) {
        read_all();
    }
    if (!lost_ && ((ready & POLLOUT) != 0 || mosquitto_want_write(handle_.get()))) {
        lose(mosquitto_loop_write(handle_.get(), 1));
    }
    if (!lost_) {
        lose(mosquitto_loop_misc(handle_.get()));
    }
}

// TLS begins by itself once the socket is connected; a refused connection would go unnoticed.
bool mosquitto_link::tcp_connected(short ready) {
    if (tcp_connected_ || ready == 0) {
        return tcp_connected_;
    }
    const int failure = tcp_failure();
    tcp_connected_ = failure == 0;
    if (!tcp_connected_ && !try_version_4()) {
        lose(loss_of_errno(failure), std::strerror(failure));
    }
    return tcp_connected_;
}

// The library may have fetched the socket's error already.
int mosquitto_link::tcp_failure() const {
    const int socket = mosquitto_socket(handle_.get());
    int failure = 0;
    socklen_t size = sizeof failure;
    getsockopt(socket, SOL_SOCKET, SO_ERROR, &failure, &size);
    sockaddr_storage peer{};
    size = sizeof peer;
    if (failure != 0 || getpeername(socket, reinterpret_cast<sockaddr*>(&peer), &size) == 0) {
        return failure;
    }
    const bool told =
        connect_errno_ != 0 && connect_errno_ != EINPROGRESS && connect_errno_ != EAGAIN;
    return told ? connect_errno_ : ECONNREFUSED;
}

// The library goes on to a name's next address only where connecting fails at once. A hub that
// listens on 127.0.0.1 is to be found as localhost even where that is ::1 first.
bool mosquitto_link::try_version_4() {
    sockaddr_storage own{};
    socklen_t size = sizeof own;
    getsockname(mosquitto_socket(handle_.get()), reinterpret_cast<sockaddr*>(&own), &size);
    const bool literal = settings_.server.host.find(':') != std::string::npos;
    if (own.ss_family != AF_INET6 || literal || std::exchange(only_version_4_, true)) {
        return false;
    }
    begin("0.0.0.0");
    return true;
}

// Reads until neither TLS nor the socket has more for now. A peer that closes during the handshake
// does not count as an error with the library, which would go on asking for ever.
void mosquitto_link::read_all() {
    do {
        lose(mosquitto_loop_read(handle_.get(), 1));
        if (lost_) {
            return;
        }
    } while (SSL_pending(static_cast<SSL*>(mosquitto_ssl_get(handle_.get()))) > 0);
    char next = 0;
    if (recv(mosquitto_socket(handle_.get()), &next, 1, MSG_PEEK | MSG_DONTWAIT) == 0) {
        lose(loss::communication, "the server closed the connection");
    }
}

void mosquitto_link::lose(int library_error) {
    const int code = errno;
    const std::string verify_failure = tls_.take_verify_failure();
    if (!verify_failure.empty()) {
        return lose(loss::untrusted, verify_failure);
    }
    switch (library_error) {
    case MOSQ_ERR_SUCCESS:
    case MOSQ_ERR_CONN_PENDING:
        return;
    case MOSQ_ERR_EAI:
        return lose(loss::no_network, "the host name does not resolve");
    case MOSQ_ERR_ERRNO:
        return lose(loss_of_errno(code), std::strerror(code));
    case MOSQ_ERR_TLS:
        return lose(loss::communication, "TLS: " + after_last_colon(tls_error_));
    default:
        return lose(loss::communication, mosquitto_strerror(library_error));
    }
}

void mosquitto_link::lose(loss kind, std::string reason) {
    if (!std::exchange(lost_, true)) {
        events_.emplace_back(link_lost{kind, std::move(reason)});
    }
}

void mosquitto_link::on_connect(mosquitto*, void* self, int return_code) {
    link_of(self).events_.emplace_back(link_answered{return_code});
}

void mosquitto_link::on_subscribe(mosquitto*, void* self, int id, int count, const int* granted) {
    link_granted event{id, {}};
    for (int i = 0; i < count; ++i) {
        event.granted.push_back(granted[i] <= 2);
    }
    link_of(self).events_.emplace_back(std::move(event));
}

void mosquitto_link::on_publish(mosquitto*, void* self, int packet_id) {
    link_of(self).events_.emplace_back(link_acknowledged{packet_id});
}

void mosquitto_link::on_message(mosquitto*, void* self, const mosquitto_message* message) {
    const auto* payload = static_cast<const char*>(message->payload);
    const auto size = static_cast<std::size_t>(message->payloadlen);
    link_of(self).events_.emplace_back(
        link_received{message->topic, payload == nullptr ? "" : std::string(payload, size)});
}

void mosquitto_link::on_log(mosquitto*, void* self, int level, const char* text) {
    if (level == MOSQ_LOG_ERR) {
        link_of(self).tls_error_ = text;
    }
}

} // namespace iothub::client
