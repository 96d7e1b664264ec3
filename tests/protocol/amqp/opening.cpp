// Opening, SASL, tokens and refusals (device protocol §2.1, §2.3; service API §7.1).

#include "peer.hpp"
#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::test;
using namespace std::chrono_literals;

TEST_CASE("a peer opens without SASL") {
    world w;
    peer p(w);
    p.open();
    CHECK_FALSE(p.closed());
    p.close();
    CHECK(p.hub_side().ended());
    CHECK(p.closed()->condition.empty());
}

TEST_CASE("a peer opens with each mechanism of SASL") {
    world w;
    peer p(w);
    SECTION("ANONYMOUS") {
        CHECK(p.open_with_sasl("ANONYMOUS"));
    }
    SECTION("PLAIN with a policy's token") {
        CHECK(p.open_with_sasl("PLAIN", "iothubowner@sas.root.hub", policy_token()));
    }
    SECTION("PLAIN with a device's token") {
        CHECK(p.open_with_sasl("PLAIN", "dev1@sas.hub", token_of(device)));
        CHECK(w.hub.sessions().find(device) != nullptr);
    }
    SECTION("PLAIN with a wrong one") {
        CHECK_FALSE(p.open_with_sasl("PLAIN", "iothubowner@sas.root.hub", "wrong"));
        CHECK(p.hub_side().ended());
    }
}

TEST_CASE("a token is put, and one that is wrong is told") {
    world w;
    peer p(w);
    p.open();
    CHECK(p.put_token(token_of(module)) == 200);
    CHECK(w.hub.sessions().find(module) != nullptr);
    CHECK(p.put_token(policy_token()) == 200);
    CHECK(p.put_token("SharedAccessSignature sr=hub.test&sig=x&se=1") == 401);
    CHECK(p.put_token("nonsense") == 401);
    CHECK_FALSE(p.closed());
}

TEST_CASE("a link that is not allowed, or leads nowhere, is attached and detached") {
    world w;
    peer p(w);
    p.open();
    peer_link& twin = p.sender("/devices/dev1/twin");
    CHECK_FALSE(twin.attached);
    CHECK_FALSE(twin.ended); // not at once: an SDK would miss it
    p.wait(20ms);
    REQUIRE(twin.ended);
    CHECK(twin.ended->condition == "amqp:unauthorized-access");
    CHECK(p.put_token(policy_token()) == 200);
    peer_link& nowhere = p.sender("/no/such/thing");
    p.wait(20ms);
    REQUIRE(nowhere.ended);
    CHECK(nowhere.ended->condition == "amqp:not-found");
}

TEST_CASE("what is no AMQP ends the connection") {
    world w;
    amqp::connection c(w.hub, {"127.0.0.1:50000", {}}, {}, [] {});
    c.receive("GET / HTTP/1.1\r\nHost: hub.test\r\n\r\n");
    CHECK(c.ended());
    CHECK(c.take_output().starts_with("AMQP"));
}

TEST_CASE("a peer that does not open in time is dropped") {
    world w;
    amqp::connection c(w.hub, {"127.0.0.1:50000", {}}, {}, [] {});
    c.receive(std::string_view("AMQP\0\1\0\0", 8));
    w.clock.advance(amqp::connection::open_limit);
    c.check_deadline();
    CHECK(c.ended());
    CHECK(c.end_reason() == "no open in time");
}
