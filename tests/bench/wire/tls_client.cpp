#include "bench/wire/tls_client.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <utility>

namespace iothub::bench {

namespace {

SSL_CTX* client_context() {
    static const std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context = [] {
        SSL_CTX* made = SSL_CTX_new(TLS_client_method());
        SSL_CTX_set_verify(made, SSL_VERIFY_NONE, nullptr);
        SSL_CTX_set_mode(made, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_RELEASE_BUFFERS |
                                   SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
        SSL_CTX_set_read_ahead(made, 1);
        return std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)>(made, SSL_CTX_free);
    }();
    return context.get();
}

void set_up(int descriptor) {
    const int yes = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
}

} // namespace

tcp_socket tcp_socket::connect(std::uint16_t port) {
    tcp_socket made(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (!made || ::connect(made.descriptor(), reinterpret_cast<const sockaddr*>(&address),
                           sizeof address) != 0) {
        return tcp_socket(-1);
    }
    set_up(made.descriptor());
    return made;
}

tcp_socket::~tcp_socket() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

tls_client::tls_client(reactor& loop, std::uint16_t port)
    : tls_client(loop, tcp_socket::connect(port)) {}

tls_client::tls_client(reactor& loop, tcp_socket socket)
    : socket_(std::move(socket))
    , tls_(SSL_new(client_context())) {
    if (!socket_) {
        throw std::runtime_error("cannot connect to the server");
    }
    SSL_set_fd(tls_.get(), socket_.descriptor());
    SSL_set_connect_state(tls_.get());
    loop.watch(socket_.descriptor(), *this);
}

void tls_client::ready() {
    if (!secure_ && !shake_hands()) {
        return;
    }
    read_all();
    send_output();
}

bool tls_client::shake_hands() {
    const int outcome = SSL_do_handshake(tls_.get());
    if (outcome != 1) {
        fail_unless_waiting(outcome, "during the TLS handshake");
        return false;
    }
    secure_ = true;
    secured();
    return true;
}

void tls_client::read_all() {
    static std::array<char, 16 * 1024> buffer;
    for (;;) {
        const int got = SSL_read(tls_.get(), buffer.data(), buffer.size());
        if (got <= 0) {
            fail_unless_waiting(got, "while it owed an answer");
            return;
        }
        received({buffer.data(), static_cast<std::size_t>(got)});
    }
}

void tls_client::received(std::string_view bytes) {
    if (rest_.empty()) {
        rest_ = bytes.substr(take(bytes));
    } else {
        rest_ += bytes;
        rest_.erase(0, take(rest_));
    }
}

void tls_client::send_output() {
    while (secure_ && sent_ < output_.size()) {
        const int count =
            SSL_write(tls_.get(), output_.data() + sent_, static_cast<int>(output_.size() - sent_));
        if (count <= 0) {
            fail_unless_waiting(count, "while it was written to");
            return;
        }
        sent_ += static_cast<std::size_t>(count);
    }
    if (secure_) {
        output_.clear();
        sent_ = 0;
    }
}

void tls_client::fail_unless_waiting(int outcome, const char* what) const {
    const int reason = SSL_get_error(tls_.get(), outcome);
    if (reason != SSL_ERROR_WANT_READ && reason != SSL_ERROR_WANT_WRITE) {
        throw std::runtime_error(std::string("the server ended the connection ") + what);
    }
}

} // namespace iothub::bench
