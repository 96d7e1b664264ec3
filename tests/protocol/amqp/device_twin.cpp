// Twins over AMQP (device protocol §2.7; rows T04, T06).

#include "common/json.hpp"
#include "twin_peer.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

constexpr auto notifications = "/notifications/twin/properties/desired";

} // namespace

TEST_CASE("twin links settle at once") {
    world w;
    twin_peer t(w);
    CHECK(t.in.settles_at_once);
    CHECK(t.out.settles_at_once);
    CHECK(t.out.credit == 1000);
}

TEST_CASE("a device gets its twin") {
    world w;
    w.change_desired(device, R"({"target":21})");
    twin_peer t(w);
    const auto reply = t.asks(t.request("GET"));
    CHECK(status_of(reply) == 200);
    CHECK(reply.settled);
    CHECK(reply.tag.size() == 16);
    CHECK(reply.content.properties->correlation_id == amqp::value("id of GET"));
    CHECK(body_of(reply) == R"({"desired":{"target":21,"$version":2},"reported":{"$version":1}})");
}

TEST_CASE("the correlation id of a reply keeps its type") {
    world w;
    twin_peer t(w);
    amqp::message get = t.request("GET");
    get.properties->correlation_id = amqp::value(amqp::uuid{{1, 2, 3}});
    CHECK(t.asks(get).content.properties->correlation_id == amqp::value(amqp::uuid{{1, 2, 3}}));
}

TEST_CASE("a device reports properties") {
    world w;
    twin_peer t(w);
    const auto reply = t.asks(t.request("PATCH", "/properties/reported", R"({"a":1})"));
    CHECK(status_of(reply) == 200);
    CHECK(*amqp::find(reply.content.annotations, "version") == amqp::value(std::int64_t{2}));
    CHECK(reply.content.data.empty());
    CHECK(w.hub.twins().get(device)->reported.values->at("a") == 1);
}

TEST_CASE("a report that cannot be is answered with an error body") {
    world w;
    twin_peer t(w);
    amqp::message patch = t.request("PATCH", "/properties/reported", R"({"a":1})");
    int status = 400;
    SECTION("no JSON") {
        patch.data = {"{"};
    }
    SECTION("not the current version") {
        patch.annotations.emplace_back(amqp::symbol{"version"}, std::int64_t{7});
        status = 412;
    }
    SECTION("another resource") {
        patch.annotations[1].second = "/properties/desired";
    }
    SECTION("no bytes") {
        patch.data.clear();
        patch.body = amqp::list{1};
    }
    const auto reply = t.asks(patch);
    CHECK(status_of(reply) == status);
    CHECK(parse_json(body_of(reply))->contains("errorCode"));
}

TEST_CASE("what is no operation is answered with 400") {
    world w;
    twin_peer t(w);
    CHECK(status_of(t.asks(t.request("POST"))) == 400);
    CHECK(status_of(t.asks(t.request("PUT", "/elsewhere"))) == 400);
}

TEST_CASE("a device that has subscribed hears of desired properties, until it has enough") {
    world w;
    twin_peer t(w);
    w.change_desired(device, R"({"a":1})");
    t.d.p.run();
    CHECK(t.in.inbox.empty());
    const auto subscribed = t.asks(t.request("PUT", notifications));
    CHECK(status_of(subscribed) == 200);
    CHECK(subscribed.content.data.empty());
    w.change_desired(device, R"({"a":2})");
    t.d.p.run();
    REQUIRE(t.in.inbox.size() == 1);
    const auto heard = t.in.inbox.front();
    t.in.inbox.clear();
    CHECK(body_of(heard) == R"({"a":2,"$version":3})");
    CHECK(heard.settled);
    CHECK_FALSE(heard.content.properties);
    CHECK(status_of(t.asks(t.request("DELETE", notifications))) == 200);
    w.change_desired(device, R"({"a":3})");
    t.d.p.run();
    CHECK(t.in.inbox.empty());
}

TEST_CASE("a reply goes to the receiver of the pair, else to the newest") {
    world w;
    twin_peer t(w);
    peer_link& other = t.d.p.receiver(t.d.at("twin"), t.of("twin:2"));
    t.asks(t.request("GET"));
    CHECK(other.inbox.empty());
    peer_link& unpaired = t.d.p.sender(t.d.at("twin"), t.of("twin:3"));
    t.d.p.send(unpaired, t.request("GET"));
    CHECK(other.inbox.size() == 1);
    CHECK(t.in.inbox.empty());
}

TEST_CASE("a store that fails is answered with 500") {
    world w;
    twin_peer t(w);
    w.store.reads_fail = true;
    const auto reply = t.asks(t.request("GET"));
    w.store.reads_fail = false;
    CHECK(status_of(reply) == 500);
}
