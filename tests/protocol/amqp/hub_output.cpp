// What the hub puts out by itself wakes the stream, each time, and none of it stays behind.

#include "device_peer.hpp"
#include "event_hub_peer.hpp"

using namespace iothub;
using namespace iothub::test;
using namespace std::chrono_literals;

TEST_CASE("each output that the hub makes wakes the stream") {
    world w;
    int woken = 0;
    device_peer d(w, device, [&woken] { ++woken; });
    d.p.receiver(d.at("messages/devicebound"));
    amqp::connection& hub_side = d.p.hub_side();
    for (const char* const body : {"a", "b", "c"}) {
        const int before = woken;
        REQUIRE(w.hub.send(device, message_of(body)));
        CHECK(woken > before);
        CHECK(hub_side.has_output());
        CHECK(hub_side.take_output().find(body) != std::string::npos);
        CHECK_FALSE(hub_side.has_output());
    }
}

TEST_CASE("what the hub puts out between two takes leaves with the next") {
    world w;
    device_peer d(w);
    peer_link& in = d.p.receiver(d.at("messages/devicebound"));
    REQUIRE(w.hub.send(device, message_of("a")));
    REQUIRE(w.hub.send(device, message_of("b")));
    d.p.run();
    CHECK(bodies(in) == texts{"a", "b"});
    CHECK_FALSE(d.p.hub_side().has_output());
}

TEST_CASE("what one connection's input makes another put out wakes that one") {
    reading_world w;
    int woken = 0;
    reading_peer reader(w, policy_token("service", "sb://hub.test/" + entity),
                        [&woken] { ++woken; });
    peer_link& in = reader.read("");
    device_peer d(w);
    peer_link& out = d.p.sender(d.at("messages/events"));
    const int before = woken;
    d.p.send(out, text_message("a"));
    CHECK(woken > before);
    CHECK(reader.hub_side().has_output());
    reader.run();
    CHECK(bodies(in) == texts{"a"});
}

TEST_CASE("an ending that the hub asks for while output is taken is carried out") {
    world w;
    int woken = 0;
    device_peer d(w, device, [&woken] { ++woken; });
    REQUIRE(d.p.put_token(token_of(module)) == 200);
    d.p.sender(d.at("messages/events"));
    d.p.sender("/devices/dev1/modules/m1/messages/events");
    w.hub.sessions().disconnect(module, {errc::device_not_found, "It is gone."});
    const int first = woken;
    CHECK(first > 0);
    d.p.hub_side().take_output();
    w.hub.sessions().disconnect(device, {errc::device_not_found, "It is gone."});
    CHECK(woken > first);
    CHECK(d.p.hub_side().has_output());
    d.p.run();
    REQUIRE(d.p.closed());
    CHECK(d.p.closed()->condition == "amqp:not-found");
    CHECK(w.hub.sessions().size() == 0);
}
