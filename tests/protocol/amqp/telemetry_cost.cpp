// What a message of one telemetry link costs the hub, beside a bare Proton server that only accepts
// it: both in one run, without sockets. Hidden: `protocol_amqp "[.bench]"` prints the ratio.

#include <proton/connection.h>
#include <proton/connection_driver.h>
#include <proton/delivery.h>
#include <proton/disposition.h>
#include <proton/event.h>
#include <proton/link.h>
#include <proton/sasl.h>
#include <proton/session.h>
#include <proton/terminus.h>
#include <proton/transport.h>

#include <chrono>
#include <cstring>
#include <functional>
#include <iostream>

#include "peer.hpp"
#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

constexpr int count = 100'000;
constexpr int credit = 1000;

std::string output_of(pn_connection_driver_t& from) {
    std::string bytes;
    for (pn_bytes_t ready = pn_connection_driver_write_buffer(&from); ready.size > 0;
         ready = pn_connection_driver_write_buffer(&from)) {
        bytes.append(ready.start, ready.size);
        pn_connection_driver_write_done(&from, ready.size);
    }
    return bytes;
}

void give(pn_connection_driver_t& to, std::string_view bytes,
          const std::function<void(pn_event_t*)>& handle) {
    do {
        const pn_rwbytes_t room = pn_connection_driver_read_buffer(&to);
        const std::size_t taken = std::min(room.size, bytes.size());
        std::memcpy(room.start, bytes.data(), taken);
        pn_connection_driver_read_done(&to, taken);
        bytes.remove_prefix(taken);
        while (pn_event_t* event = pn_connection_driver_next_event(&to)) {
            handle(event);
        }
    } while (!bytes.empty());
}

// Takes bytes of a client, answers what a server has to say.
using server = std::function<std::string(const std::string&)>;

struct bare_server {
    bare_server() {
        pn_connection_driver_init(&driver, nullptr, nullptr);
        pn_transport_set_server(driver.transport);
    }
    ~bare_server() { pn_connection_driver_destroy(&driver); }

    std::string answer(const std::string& bytes) {
        give(driver, bytes, [this](pn_event_t* event) { handle(event); });
        return output_of(driver);
    }

    void handle(pn_event_t* event) {
        switch (pn_event_type(event)) {
        case PN_CONNECTION_REMOTE_OPEN:
            return pn_connection_open(driver.connection);
        case PN_SESSION_REMOTE_OPEN:
            pn_session_set_incoming_capacity(pn_event_session(event), 1024 * 1024);
            return pn_session_open(pn_event_session(event));
        case PN_LINK_REMOTE_OPEN:
            pn_link_open(pn_event_link(event));
            return pn_link_flow(pn_event_link(event), credit);
        case PN_DELIVERY:
            return accept(pn_event_delivery(event));
        default:
            return;
        }
    }

    void accept(pn_delivery_t* one) {
        pn_link_t* which = pn_delivery_link(one);
        if (pn_link_current(which) != one || pn_delivery_partial(one)) {
            return;
        }
        char bytes[256];
        pn_link_recv(which, bytes, sizeof bytes);
        pn_delivery_update(one, PN_ACCEPTED);
        pn_link_advance(which);
        pn_delivery_settle(one);
        if (pn_link_credit(which) <= credit / 2) {
            pn_link_flow(which, credit - pn_link_credit(which));
        }
    }

    pn_connection_driver_t driver{};
};

// Sends `count` messages, as many at once as there is credit; how long that took.
class load {
public:
    explicit load(server to)
        : to_(std::move(to)) {
        pn_connection_driver_init(&driver_, nullptr, nullptr);
        pn_connection_set_hostname(driver_.connection, "hub.test");
    }
    ~load() { pn_connection_driver_destroy(&driver_); }

    void log_in(const std::string& token) {
        pn_sasl_t* sasl = pn_sasl(driver_.transport);
        pn_sasl_set_allow_insecure_mechs(sasl, true);
        pn_sasl_allowed_mechs(sasl, "PLAIN");
        pn_connection_set_user(driver_.connection, "dev1@sas.hub");
        pn_connection_set_password(driver_.connection, token.c_str());
    }

    double run(const std::string& encoded) {
        pn_connection_open(driver_.connection);
        pn_session_t* session = pn_session(driver_.connection);
        pn_session_open(session);
        pn_link_t* link = pn_sender(session, "telemetry");
        pn_terminus_set_address(pn_link_target(link), "/devices/dev1/messages/events");
        pn_link_open(link);
        const auto on_event = [this](pn_event_t* event) { handle(event); };
        give(driver_, "", on_event); // which binds the connection to its transport
        const auto start = std::chrono::steady_clock::now();
        while (accepted_ < count) {
            for (; sent_ < count && pn_link_credit(link) > 0; ++sent_) {
                pn_delivery(link, pn_dtag(reinterpret_cast<const char*>(&sent_), sizeof sent_));
                pn_link_send(link, encoded.data(), encoded.size());
                pn_link_advance(link);
            }
            const std::string bytes = output_of(driver_);
            const std::string answer = to_(bytes);
            INFO(sent_ << " sent, " << accepted_ << " accepted");
            REQUIRE_FALSE((bytes.empty() && answer.empty()));
            give(driver_, answer, on_event);
        }
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    }

private:
    void handle(pn_event_t* event) {
        if (pn_event_type(event) == PN_DELIVERY) {
            pn_delivery_t* one = pn_event_delivery(event);
            REQUIRE(pn_delivery_remote_state(one) == PN_ACCEPTED);
            pn_delivery_settle(one);
            ++accepted_;
        }
    }

    server to_;
    pn_connection_driver_t driver_{};
    int sent_ = 0;
    int accepted_ = 0;
};

} // namespace

TEST_CASE("the cost of a telemetry message beside a bare Proton server", "[.bench]") {
    const std::string encoded = amqp::encode_message(text_message("{\"temperature\":21.5}"));
    bare_server bare;
    const double alone =
        load([&](const std::string& bytes) { return bare.answer(bytes); }).run(encoded);

    world w;
    amqp::connection hub_side(w.hub, {"127.0.0.1:50000", {}}, {}, [] {});
    load on_hub([&](const std::string& bytes) {
        hub_side.receive(bytes);
        w.hub.end_turn();
        const std::string answer = hub_side.take_output();
        hub_side.resume();
        return answer;
    });
    on_hub.log_in(token_of(device));
    const double with_hub = on_hub.run(encoded);
    std::cout << count << " messages: bare Proton " << count / alone << " a second, hub "
              << count / with_hub << ", ratio " << alone / with_hub << "\n";
    CHECK(w.events("dev1").size() == 100); // as many as are read at once
}
