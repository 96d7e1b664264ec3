// What one peer may make the hub hold (reliability §2.2): unfinished deliveries, deliveries that
// nobody settles, and credit beyond what can be counted.

#include "device_peer.hpp"
#include "raw_device.hpp"

using namespace iothub;
using namespace iothub::test;
using namespace iothub::test::amqp_bytes;
using namespace std::chrono_literals;

namespace {

struct proved : raw_device {
    using raw_device::raw_device;

    void attach_telemetry(char links) {
        for (char i = 0; i < links; ++i) {
            send(attach_frame(static_cast<char>(10 + i), "t" + std::to_string(i), false,
                              "/devices/dev1/messages/events"));
        }
    }

    // Of one delivery that goes on.
    void begin_delivery(char on, char id, int frames) {
        for (int i = 0; i < frames; ++i) {
            send(transfer_frame(static_cast<char>(10 + on), id, std::string(60'000, 'x'), true));
        }
    }
    void abort_delivery(char on) {
        const std::string handle = hex("52") + static_cast<char>(10 + on);
        const std::string null = hex("40");
        send(amqp_frame("14",
                        {handle, null, null, null, null, hex("42"), null, null, null, hex("41")}));
    }
};

} // namespace

TEST_CASE("credit beyond what a signed number holds is much credit") {
    const std::uint32_t credit = GENERATE(0xffffffffU, 0x80000000U, 0x7fffffffU);
    world w;
    proved p(w);
    p.send(attach_frame(3, "bound", true, "/devices/dev1/messages/devicebound"));
    p.send(flow_frame(3, credit));
    for (const char* const body : {"first", "second", "third"}) {
        REQUIRE(w.hub.send(device, message_of(body)));
        p.wait(0ms);
        CHECK(p.heard().find(body) != std::string::npos);
        p.send(flow_frame(3, credit));
    }
    CHECK_FALSE(p.ended());
}

TEST_CASE("deliveries under way are bounded on one connection") {
    world w;
    proved p(w);
    constexpr int frames = 17; // of 60,000 bytes, nearly what a message may have
    p.attach_telemetry(40);
    for (char on = 0; on < 32; ++on) {
        p.begin_delivery(on, static_cast<char>(1 + on), frames);
    }
    CHECK_FALSE(p.ended());
    SECTION("more of them end it") {
        p.begin_delivery(32, 33, frames);
        CHECK(p.ended());
        CHECK(p.condition_of("18") == "amqp:resource-limit-exceeded");
        CHECK(w.hub.sessions().size() == 0);
    }
    SECTION("those that are aborted no longer count") {
        p.abort_delivery(0);
        p.begin_delivery(32, 33, frames);
        CHECK_FALSE(p.ended());
    }
    SECTION("those whose links go no longer count") {
        p.send(amqp_frame("16", {hex("52 0a"), hex("41")}));
        p.begin_delivery(32, 33, frames);
        CHECK_FALSE(p.ended());
    }
    SECTION("those that end no longer count") {
        p.send(transfer_frame(10, 1, "x"));
        p.begin_delivery(32, 33, frames);
        CHECK_FALSE(p.ended());
    }
    SECTION("those that are cut off no longer count") {
        p.abort_delivery(5);
        p.begin_delivery(0, 1, 1);
        p.wait(20ms);
        CHECK(p.condition_of("16") == "amqp:link:message-size-exceeded");
        p.begin_delivery(32, 33, frames);
        p.begin_delivery(33, 34, frames);
        CHECK_FALSE(p.ended());
    }
}

TEST_CASE("answers that a peer does not settle are sent settled after a while") {
    constexpr std::size_t kept = 500;
    world w;
    device_peer d(w);
    peer_link& ask = d.p.sender("$cbs");
    peer_link& hear = d.p.receiver(
        "$cbs", {.name = "hear", .peer_address = "hear", .credit = 2 * static_cast<int>(kept)});
    amqp::message request;
    request.properties.emplace();
    request.properties->reply_to = "hear";
    request.body = "x";
    for (std::size_t i = 0; i < kept + 10; ++i) {
        d.p.send(ask, request, true);
    }
    REQUIRE(hear.inbox.size() == kept + 10);
    CHECK_FALSE(hear.inbox[kept - 1].settled);
    CHECK(hear.inbox[kept].settled);
    d.p.settle(hear, hear.inbox.front().number, "accepted");
    d.p.send(ask, request, true);
    d.p.send(ask, request, true);
    CHECK_FALSE(hear.inbox[kept + 10].settled);
    CHECK(hear.inbox[kept + 11].settled);
}

TEST_CASE("messages that a device takes and never settles are bounded") {
    world w;
    device_peer d(w);
    peer_link& in = d.p.receiver(d.at("messages/devicebound"), {.name = {}, .credit = 10'000});
    for (int i = 0; i < 50; ++i) {
        REQUIRE(w.hub.send(device, message_of("m")));
    }
    peer_link& out = d.p.sender(d.at("messages/events"));
    for (int i = 0; i < 12; ++i) { // each time the locks end, they come again
        d.p.send(out, text_message("here I am"));
        d.p.wait(61s);
    }
    CHECK(in.inbox.size() == 500);
    d.p.settle(in, in.inbox.front().number, "accepted");
    CHECK(in.inbox.size() == 501);
}
