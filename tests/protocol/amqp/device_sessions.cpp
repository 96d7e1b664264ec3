// Whom a connection speaks for, and for how long (device protocol §2.3, §2.4; row D10).

#include "device_peer.hpp"
#include "emulator/amqp/nodes/device/device_session.hpp"
#include "emulator/core/limits/limiter.hpp"

using namespace iothub;
using namespace iothub::test;
using namespace std::chrono_literals;

TEST_CASE("a device is connected from its token on, and until the connection ends") {
    world w;
    {
        device_peer d(w);
        CHECK(d.connected());
        CHECK(w.hub.count().connections == 1);
        CHECK(w.log.mentions("connected (amqp) from 127.0.0.1:50000"));
    }
    CHECK(w.hub.sessions().size() == 0);
    CHECK(w.log.mentions("dev1: disconnected: dropped"));
}

TEST_CASE("a session ends with its last link, and begins again with a new one") {
    world w;
    device_peer d(w);
    peer_link& out = d.p.sender(d.at("messages/events"));
    peer_link& in = d.p.receiver(d.at("messages/devicebound"));
    d.p.detach(out);
    CHECK(d.connected());
    d.p.detach(in);
    CHECK_FALSE(d.connected());
    CHECK(d.p.sender(d.at("messages/events")).attached);
    CHECK(d.connected());
    CHECK_FALSE(d.p.closed());
}

TEST_CASE("a policy's token connects a device with its first link") {
    world w;
    peer p(w);
    p.open();
    REQUIRE(p.put_token(policy_token("device")) == 200);
    CHECK(w.hub.sessions().size() == 0);
    CHECK(p.sender("/devices/dev1/messages/events").attached);
    CHECK(p.sender("/devices/dev1/modules/m1/messages/events").attached);
    CHECK(w.hub.sessions().size() == 2);
}

TEST_CASE("a link of another identity is not allowed") {
    world w;
    device_peer d(w, module);
    peer_link& other = d.p.sender("/devices/dev1/messages/events");
    CHECK_FALSE(other.attached);
    d.p.wait(20ms);
    REQUIRE(other.ended);
    CHECK(other.ended->condition == "amqp:unauthorized-access");
    CHECK(d.connected());
}

TEST_CASE("a link in the wrong direction is refused, and ends nothing") {
    world w;
    device_peer d(w);
    peer_link& inputs = d.p.receiver(d.at("messages/events"));
    peer_link& bound = d.p.sender(d.at("messages/devicebound"));
    d.p.wait(20ms);
    REQUIRE(inputs.ended);
    CHECK(inputs.ended->condition == "amqp:not-allowed");
    REQUIRE(bound.ended);
    CHECK(bound.ended->condition == "amqp:not-allowed");
    CHECK(d.connected());
}

TEST_CASE("the links of one identity are limited") {
    world w;
    device_peer d(w);
    for (std::size_t i = 0; i < amqp::device_session::max_links; ++i) {
        REQUIRE(d.p.sender(d.at("messages/events")).attached);
    }
    peer_link& more = d.p.sender(d.at("messages/events"));
    d.p.wait(20ms);
    REQUIRE(more.ended);
    CHECK(more.ended->condition == "amqp:resource-limit-exceeded");
}

TEST_CASE("a newer connection of the device ends the older") {
    world w;
    device_peer first(w);
    peer_link& link = first.p.sender(first.at("messages/events"));
    device_peer second(w);
    first.p.wait(20ms);
    REQUIRE(first.p.closed());
    CHECK(first.p.closed()->condition == "amqp:connection:forced");
    CHECK_FALSE(link.inbox.size() > 0);
    CHECK(second.connected());
    CHECK_FALSE(second.p.closed());
}

TEST_CASE("whom the hub cuts off is told: the session ends, then the connection") {
    const auto [reason, name] =
        GENERATE(std::pair{errc::device_disabled, "amqp:unauthorized-access"},
                 std::pair{errc::connection_closed_remotely, "amqp:connection:forced"});
    world w;
    device_peer d(w);
    d.p.sender(d.at("messages/events"));
    w.hub.sessions().disconnect(device, {reason, "It is cut off."});
    d.p.run();
    REQUIRE(d.p.session_ended());
    CHECK(d.p.session_ended()->condition == name);
    REQUIRE(d.p.closed());
    CHECK(d.p.closed()->condition == name);
    CHECK_FALSE(d.connected());
}

TEST_CASE("a connection of several identities outlives the session of one") {
    world w;
    device_peer d(w);
    REQUIRE(d.p.put_token(token_of(module)) == 200);
    peer_link& of_device = d.p.sender(d.at("messages/events"));
    peer_link& of_module = d.p.sender("/devices/dev1/modules/m1/messages/events");
    w.hub.sessions().disconnect(module, {errc::device_not_found, "It is gone."});
    d.p.run();
    d.p.wait(20ms);
    REQUIRE(of_module.ended);
    CHECK(of_module.ended->condition == "amqp:not-found");
    CHECK_FALSE(of_device.ended);
    CHECK_FALSE(d.p.closed());
    CHECK(d.connected());
}

TEST_CASE("a token that ends takes the links with it, unless it was renewed") {
    const auto token_for = [](std::chrono::seconds time) {
        return make_sas_token("hub.test/" + path_of(device), identity_secret,
                              manual_clock().now() + time)
            .value();
    };
    world w;
    peer p(w);
    p.open();
    REQUIRE(p.put_token(token_for(60s)) == 200);
    peer_link& out = p.sender("/devices/dev1/messages/events");
    SECTION("it ends") {
        p.wait(61s);
        p.wait(20ms);
        REQUIRE(out.ended);
        CHECK(out.ended->condition == "amqp:unauthorized-access");
        CHECK(w.hub.sessions().size() == 0);
    }
    SECTION("it was renewed") {
        REQUIRE(p.put_token(token_for(180s)) == 200);
        p.wait(61s);
        p.wait(20ms);
        CHECK_FALSE(out.ended);
        CHECK(w.hub.sessions().size() == 1);
    }
}

TEST_CASE("a store that fails refuses a link") {
    world w;
    device_peer d(w);
    w.store.reads_fail = true;
    peer_link& out = d.p.sender(d.at("messages/events"));
    w.store.reads_fail = false;
    d.p.wait(20ms);
    REQUIRE(out.ended);
    CHECK(out.ended->condition == "amqp:internal-error");
}

TEST_CASE("connections beyond the limit of the tier are refused") {
    world w;
    w.hub.limit_to(*core::find_limit_profile("F1"));
    peer p(w);
    p.open();
    REQUIRE(p.put_token(policy_token("device")) == 200);
    while (w.hub.limits().charge(core::operation::connection)) {
    }
    peer_link& out = p.sender("/devices/dev1/messages/events");
    p.wait(20ms);
    REQUIRE(out.ended);
    CHECK(out.ended->condition == "com.microsoft:device-container-throttled");
    CHECK(w.hub.sessions().size() == 0);
}

TEST_CASE("a device whose id has a percent sign is found however its address is written") {
    const auto [id, written] = GENERATE(Catch::Generators::table<std::string, std::string>({
        {"a%b", "a%b"},     // as it is: Node, Java, Python
        {"a%b", "a%25b"},   // encoded: .NET
        {"a%41", "a%41"},   // what could be encoded, and is not
        {"a%41", "a%2541"}, //
        {"a%25b", "a%25b"}, //
        {"a%25b", "a%2525b"},
        {"50%", "50%"},
    }));
    CAPTURE(id, written);
    world w;
    const identity_key key{id, ""};
    w.add(key);
    peer p(w);
    p.open();
    const std::string sr = "hub.test/devices/" + id;
    SECTION("with its own token") {
        const timestamp expiry = w.clock.now() + 1h;
        REQUIRE(p.put_token(make_sas_token(sr, identity_secret, expiry).value()) == 200);
    }
    SECTION("with a policy's token") {
        REQUIRE(p.put_token(policy_token("device")) == 200);
    }
    peer_link& out = p.sender("/devices/" + written + "/messages/events");
    REQUIRE(out.attached);
    p.send(out, text_message("a"));
    CHECK(w.events(id).size() == 1);
}

TEST_CASE("where both are known, an address is read as if it were encoded") {
    world w;
    w.add({"a%b", ""});
    w.add({"a%25b", ""});
    peer p(w);
    p.open();
    REQUIRE(p.put_token(policy_token("device")) == 200);
    REQUIRE(p.sender("/devices/a%25b/messages/events").attached);
    CHECK(w.hub.sessions().find({"a%b", ""}) != nullptr);
    CHECK(w.hub.sessions().find({"a%25b", ""}) == nullptr);
}
