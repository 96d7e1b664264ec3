#include "client/src/amqp/amqp_connection.hpp"

#include <proton/condition.h>
#include <proton/connection.h>
#include <proton/connection_driver.h>
#include <proton/delivery.h>
#include <proton/disposition.h>
#include <proton/event.h>
#include <proton/link.h>
#include <proton/session.h>
#include <proton/terminus.h>
#include <proton/transport.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <new>
#include <utility>

#include "client/src/amqp/amqp_refusal.hpp"
#include "client/src/amqp/proton_values.hpp"
#include "client/src/error_details.hpp"

namespace iothub::client {

namespace {

using clock = std::chrono::steady_clock;

constexpr std::uint32_t max_frame = 64 * 1024;
constexpr std::size_t max_message = 1024 * 1024;
constexpr std::size_t session_capacity = 16 * 1024 * 1024;
constexpr int credit_at_once = 200;
constexpr std::chrono::seconds leave_taking{1};

constexpr const char* selector_filter = "apache.org:selector-filter:string";
constexpr std::uint64_t selector_code = 0x0000468C00000004;

std::string text_of(const char* text) {
    return text == nullptr ? std::string() : std::string(text);
}

amqp_refusal refusal_in(pn_condition_t* why) {
    const amqp_map info = read_map(pn_condition_info(why));
    return {text_of(pn_condition_get_name(why)), text_of(pn_condition_get_description(why)),
            static_cast<int>(integer_in(info, "com.microsoft:error-code")),
            text_in(info, "com.microsoft:tracking-id")};
}

[[noreturn]] void throw_refusal(pn_condition_t* why, const std::string& otherwise) {
    if (pn_condition_is_set(why)) {
        throw_error(read_refusal(refusal_in(why)));
    }
    throw_error(hub_error_kind::network, otherwise);
}

bool is_attached(pn_link_t* link) {
    pn_terminus_t* theirs =
        pn_link_is_sender(link) ? pn_link_remote_target(link) : pn_link_remote_source(link);
    return (pn_link_state(link) & PN_REMOTE_ACTIVE) != 0 &&
           pn_terminus_get_type(theirs) != PN_UNSPECIFIED;
}

void put_selector(pn_terminus_t* source, const std::string& selector) {
    pn_data_t* filter = pn_terminus_filter(source);
    pn_data_put_map(filter);
    pn_data_enter(filter);
    pn_data_put_symbol(filter, pn_bytes(std::strlen(selector_filter), selector_filter));
    pn_data_put_described(filter);
    pn_data_enter(filter);
    pn_data_put_ulong(filter, selector_code);
    pn_data_put_string(filter, pn_bytes(selector.size(), selector.data()));
    pn_data_exit(filter);
    pn_data_exit(filter);
}

std::string unused_name(const char* prefix) {
    static std::atomic<std::uint64_t> last{0};
    return prefix + std::to_string(++last);
}

} // namespace

// Proton's transport and connection, and the one session.
struct amqp_connection::engine {
    explicit engine(const endpoint& server) {
        if (pn_connection_driver_init(&driver, nullptr, nullptr) != 0) {
            throw std::bad_alloc();
        }
        pn_transport_set_max_frame(driver.transport, max_frame);
        pn_connection_set_container(driver.connection, unused_name("iothub-cpp-client-").c_str());
        pn_connection_set_hostname(driver.connection, server.host.c_str());
        pn_connection_open(driver.connection);
        session = pn_session(driver.connection);
        pn_session_set_incoming_capacity(session, session_capacity);
        pn_session_open(session);
    }
    ~engine() { pn_connection_driver_destroy(&driver); }
    engine(const engine&) = delete;
    engine& operator=(const engine&) = delete;

    pn_connection_driver_t driver{};
    pn_session_t* session = nullptr;
};

std::optional<std::string> amqp_link::take() {
    if (inbox_.empty()) {
        return std::nullopt;
    }
    std::string oldest = std::move(inbox_.front());
    inbox_.pop_front();
    return oldest;
}

std::string amqp_link::name() const {
    return pn_link_name(proton_);
}

amqp_connection::amqp_connection(const endpoint& server, tls_context* tls, deadline until)
    : server_(server)
    , socket_(server, tls, until)
    , engine_(std::make_unique<engine>(server)) {
    require("opening a connection with", until, [this] {
        return (pn_connection_state(engine_->driver.connection) & PN_REMOTE_ACTIVE) != 0;
    });
}

amqp_connection::~amqp_connection() {
    try {
        pn_connection_close(engine_->driver.connection);
        write(clock::now() + leave_taking);
    } catch (const hub_error&) {
        // the peer has left first
    }
}

amqp_link& amqp_connection::add(pn_link_t* proton) {
    links_.push_back(std::make_unique<amqp_link>());
    links_.back()->proton_ = proton;
    return *links_.back();
}

amqp_link& amqp_connection::open_sender(const std::string& address, deadline until) {
    pn_link_t* link = pn_sender(engine_->session, unused_name("sender-").c_str());
    pn_terminus_set_address(pn_link_target(link), address.c_str());
    pn_terminus_set_address(pn_link_source(link), pn_link_name(link));
    return attach(add(link), until);
}

amqp_link& amqp_connection::open_receiver(const std::string& address, const std::string& selector,
                                          deadline until) {
    pn_link_t* link = pn_receiver(engine_->session, unused_name("receiver-").c_str());
    pn_terminus_set_address(pn_link_source(link), address.c_str());
    pn_terminus_set_address(pn_link_target(link), pn_link_name(link));
    if (!selector.empty()) {
        put_selector(pn_link_source(link), selector);
    }
    pn_link_flow(link, credit_at_once);
    return attach(add(link), until);
}

amqp_link& amqp_connection::attach(amqp_link& which, deadline until) {
    pn_link_set_max_message_size(which.proton_, max_message);
    pn_link_open(which.proton_);
    require("attaching to", until, [&] { return is_attached(which.proton_); });
    return which;
}

void amqp_connection::send(amqp_link& on, std::string_view encoded, deadline until) {
    require("sending to", until, [&] { return pn_link_credit(on.proton_) > 0; });
    const std::string tag = unused_name("");
    pn_delivery_t* sent = pn_delivery(on.proton_, pn_dtag(tag.data(), tag.size()));
    pn_link_send(on.proton_, encoded.data(), encoded.size());
    pn_link_advance(on.proton_);
    require("sending to", until,
            [&] { return pn_delivery_remote_state(sent) != 0 || pn_delivery_settled(sent); });
    const auto state = pn_delivery_remote_state(sent);
    const std::optional<amqp_refusal> refused =
        state == PN_REJECTED
            ? std::optional(refusal_in(pn_disposition_condition(pn_delivery_remote(sent))))
            : std::nullopt;
    pn_delivery_settle(sent);
    if (refused) {
        throw_error(read_refusal(*refused));
    }
    if (state != PN_ACCEPTED) {
        throw_error(hub_error_kind::server_error, "The hub did not take the message");
    }
}

bool amqp_connection::run(deadline until, const std::function<bool()>& done) {
    while (true) {
        write(until);
        check();
        if (done()) {
            write(until);
            return true;
        }
        if (!read(until)) {
            return false;
        }
    }
}

void amqp_connection::require(const char* what, deadline until, const std::function<bool()>& done) {
    if (!run(until, done)) {
        throw_error(hub_error_kind::time_out,
                    "Time out while " + std::string(what) + " " + place(server_));
    }
}

// Heartbeats too, where they are due.
void amqp_connection::write(deadline until) {
    const auto now =
        std::chrono::duration_cast<std::chrono::milliseconds>(clock::now().time_since_epoch());
    const std::int64_t next = pn_transport_tick(engine_->driver.transport, now.count());
    next_tick_ =
        next == 0 ? clock::time_point::max() : clock::time_point(std::chrono::milliseconds(next));
    for (pn_bytes_t ready = pn_connection_driver_write_buffer(&engine_->driver); ready.size > 0;
         ready = pn_connection_driver_write_buffer(&engine_->driver)) {
        socket_.write({ready.start, ready.size}, until);
        pn_connection_driver_write_done(&engine_->driver, ready.size);
    }
    handle_events();
}

// False where the deadline has come; true where something has, or a heartbeat is due.
bool amqp_connection::read(deadline until) {
    const auto bytes = socket_.try_read(std::min(until, next_tick_));
    if (!bytes) {
        return clock::now() < until;
    }
    if (bytes->empty()) {
        pn_connection_driver_read_close(&engine_->driver);
        handle_events();
        check();
        throw_error(hub_error_kind::network, place(server_) + " has closed the connection");
    }
    feed(*bytes);
    return true;
}

void amqp_connection::feed(std::string_view bytes) {
    while (!bytes.empty()) {
        const pn_rwbytes_t room = pn_connection_driver_read_buffer(&engine_->driver);
        const std::size_t count = std::min(room.size, bytes.size());
        if (count == 0) {
            return; // the engine has ended the connection: check() says why
        }
        std::memcpy(room.start, bytes.data(), count);
        pn_connection_driver_read_done(&engine_->driver, count);
        bytes.remove_prefix(count);
        handle_events();
    }
}

void amqp_connection::handle_events() {
    while (pn_event_t* event = pn_connection_driver_next_event(&engine_->driver)) {
        handle(event);
    }
}

void amqp_connection::handle(pn_event_t* event) {
    const auto its = std::ranges::find(links_, pn_event_link(event),
                                       [](const auto& one) { return one->proton_; });
    if (its == links_.end()) {
        return;
    }
    if (pn_event_type(event) == PN_LINK_REMOTE_DETACH) {
        (*its)->detached_ = true;
    }
    if (pn_event_type(event) == PN_DELIVERY && pn_link_is_receiver((*its)->proton_)) {
        receive(**its);
    }
}

void amqp_connection::receive(amqp_link& on) const {
    pn_delivery_t* one = pn_link_current(on.proton_);
    while (one != nullptr && !pn_delivery_partial(one)) {
        std::string encoded(pn_delivery_pending(one), '\0');
        pn_link_recv(on.proton_, encoded.data(), encoded.size());
        pn_link_advance(on.proton_);
        if (!pn_delivery_aborted(one)) {
            on.inbox_.push_back(std::move(encoded));
        }
        pn_delivery_update(one, PN_ACCEPTED);
        pn_delivery_settle(one);
        one = pn_link_current(on.proton_);
    }
    if (pn_link_credit(on.proton_) <= credit_at_once / 2) {
        pn_link_flow(on.proton_, credit_at_once - pn_link_credit(on.proton_));
    }
}

// Throws where the transport, the connection or a link has ended.
void amqp_connection::check() const {
    pn_connection_t* connection = engine_->driver.connection;
    const std::string ended = place(server_) + " has ended the ";
    if ((pn_connection_state(connection) & PN_REMOTE_CLOSED) != 0) {
        throw_refusal(pn_connection_remote_condition(connection), ended + "connection");
    }
    if (pn_condition_t* failed = pn_transport_condition(engine_->driver.transport);
        pn_condition_is_set(failed)) {
        throw_error(hub_error_kind::network, "Failure of AMQP with " + place(server_) + ": " +
                                                 text_of(pn_condition_get_description(failed)));
    }
    for (const auto& one : links_) {
        if (one->detached_ || (pn_link_state(one->proton_) & PN_REMOTE_CLOSED) != 0) {
            throw_refusal(pn_link_remote_condition(one->proton_), ended + "link");
        }
    }
}

} // namespace iothub::client
