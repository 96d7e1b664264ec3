// Reading telemetry from the Event Hubs-compatible endpoint (service API §7.5, §7.6; E01, E02,
// E04).

#include "event_hub_peer.hpp"
#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::test;
using namespace std::chrono_literals;

TEST_CASE("a reader gets what is there and what comes, once each") {
    reading_world w;
    w.send("a");
    w.send("b");
    reading_peer p(w);
    peer_link& reader = p.read("x-opt-offset > '-1'");
    CHECK(reader.attached);
    CHECK(reader.settles_at_once);
    CHECK(bodies(reader) == texts{"a", "b"});
    w.send("c");
    p.run();
    CHECK(bodies(reader) == texts{"a", "b", "c"});
    CHECK(reader.inbox.back().settled);
    CHECK_FALSE(reader.ended);
}

TEST_CASE("an event arrives with its annotations and properties") {
    reading_world w;
    core::device_message sent;
    sent.system_properties = {{"message-id", "m1"}, {"content-type", "application/json"}};
    sent.application_properties = {{"level", "high"}};
    sent.body = R"({"t":21})";
    REQUIRE(w.hub.take({module, "637", R"({"scope":"module"})", timestamp::max()}, sent));
    w.hub.end_turn();
    reading_peer p(w);
    peer_link& reader = p.read("");
    REQUIRE(reader.inbox.size() == 1);
    const amqp::message& got = reader.inbox.front().content;
    const auto now = amqp::milliseconds{
        std::chrono::floor<std::chrono::milliseconds>(w.clock.now()).time_since_epoch().count()};
    CHECK(got.annotations ==
          amqp::map{{amqp::symbol{"x-opt-sequence-number"}, std::int64_t{0}},
                    {amqp::symbol{"x-opt-offset"}, "0"},
                    {amqp::symbol{"x-opt-enqueued-time"}, now},
                    {amqp::symbol{"iothub-enqueuedtime"}, now},
                    {amqp::symbol{"iothub-connection-device-id"}, "dev1"},
                    {amqp::symbol{"iothub-connection-module-id"}, "m1"},
                    {amqp::symbol{"iothub-connection-auth-method"}, R"({"scope":"module"})"},
                    {amqp::symbol{"iothub-connection-auth-generation-id"}, "637"},
                    {amqp::symbol{"iothub-message-source"}, "Telemetry"}});
    REQUIRE(got.properties);
    CHECK(got.properties->message_id == amqp::value("m1"));
    CHECK(got.properties->content_type == "application/json");
    CHECK(got.application_properties == amqp::map{{"level", "high"}});
    CHECK(got.data == texts{R"({"t":21})"});
}

TEST_CASE("what the hub itself tells is nobody's message") {
    reading_world w;
    core::event told;
    told.source = device;
    told.system_properties = {{"iothub-message-source", "twinChangeEvents"},
                              {"correlation-id", "4d1f1e2e74"},
                              {"user-id", "contoso"},
                              {"content-type", "application/json"},
                              {"content-encoding", "utf-8"}};
    told.application_properties = {{"hubName", "contoso"}, {"opType", "updateTwin"}};
    told.body = R"({"version":3})";
    w.hub.events().append(told);
    w.hub.end_turn();
    reading_peer p(w);
    const peer_link& reader = p.read("");
    REQUIRE(reader.inbox.size() == 1);
    const amqp::message& got = reader.inbox.front().content;
    std::vector<std::string> names;
    for (const auto& [name, what] : got.annotations) {
        names.push_back(name.as<amqp::symbol>()->text);
    }
    CHECK(names == texts{"x-opt-sequence-number", "x-opt-offset", "x-opt-enqueued-time",
                         "iothub-enqueuedtime", "iothub-connection-device-id",
                         "iothub-message-source"});
    CHECK(got.annotations.back().second == amqp::value("twinChangeEvents"));
    REQUIRE(got.properties);
    CHECK(got.properties->correlation_id == amqp::value("4d1f1e2e74"));
    CHECK(got.properties->user_id == "contoso");
    CHECK(got.properties->content_encoding == "utf-8");
    CHECK(got.application_properties ==
          amqp::map{{"hubName", "contoso"}, {"opType", "updateTwin"}});
}

TEST_CASE("a reader begins where it asks to") {
    reading_world w;
    for (const char* body : {"a", "b", "c"}) {
        w.send(body);
        w.clock.advance(1s);
    }
    const auto third = w.hub.events().read(w.partition, 2, 1).front();
    const auto second_ms = std::to_string(unix_seconds(third.enqueued) * 1000 - 1000);
    reading_peer p(w);
    CHECK(bodies(p.read("x-opt-sequence-number > '0'")) == texts{"b", "c"});
    CHECK(bodies(p.read("x-opt-sequence-number >= '2'")) == texts{"c"});
    CHECK(bodies(p.read("x-opt-enqueued-time > '" + second_ms + "'")) == texts{"c"});
    CHECK(bodies(p.read("x-opt-offset >= '" + std::to_string(third.offset) + "'")) == texts{"c"});
    peer_link& latest = p.read("x-opt-offset > '@latest'");
    CHECK(latest.inbox.empty());
    w.send("d");
    p.run();
    CHECK(bodies(latest) == texts{"d"});
}

TEST_CASE("a filter that is none, and a position that never was, are refused") {
    reading_world w;
    w.send("a");
    reading_peer p(w);
    CHECK(p.end_of(p.read("x-opt-offset = '1'")).condition == "amqp:invalid-field");
    attach_options wrong;
    wrong.filter = reading_peer::selector(5);
    CHECK(p.end_of(p.read("", wrong)).condition == "amqp:invalid-field");
    const link_end beyond = p.end_of(p.read("x-opt-sequence-number > '488'"));
    CHECK(beyond.condition == "com.microsoft:argument-error");
    CHECK(beyond.description ==
          "The supplied sequence number '488' is invalid. The last sequence number in the system "
          "is '0'");
    CHECK_FALSE(p.closed());
}

TEST_CASE("addresses that lead to no partition are refused") {
    reading_world w;
    reading_peer p(w);
    CHECK(p.put_token(policy_token()) == 200); // for the whole hub
    const std::string group = "/ConsumerGroups/$Default/Partitions/";
    CHECK(p.end_of(p.receiver(entity + group + "4")).condition ==
          "com.microsoft:argument-out-of-range");
    CHECK(p.end_of(p.receiver("no/such" + group + "0")).condition == "amqp:not-found");
    CHECK(p.end_of(p.sender(entity + group + "0")).condition == "amqp:not-allowed");
    CHECK(p.receiver("myhub" + group + "0").attached);
    CHECK(p.receiver("messages/events" + group + "0").attached);
    CHECK(p.receiver("amqps://hub.test/" + entity + group + "0").attached);
}

TEST_CASE("only back ends with ServiceConnect read") {
    reading_world w;
    peer p(w);
    p.open();
    const std::string policy = GENERATE("", "device", "registryRead");
    if (!policy.empty()) {
        CHECK(p.put_token(policy_token(policy)) == 200);
    }
    peer_link& reader = p.receiver(w.address());
    p.wait(20ms);
    REQUIRE(reader.ended);
    CHECK(reader.ended->condition == "amqp:unauthorized-access");
}

TEST_CASE("the words of a token's resource have no case") {
    reading_world w;
    peer p(w);
    p.open();
    const std::string resource = "sb://hub.test/" + entity + "/consumergroups/$Default";
    CHECK(p.put_token(policy_token("service", resource)) == 200);
    CHECK(p.receiver(w.address()).attached);
    CHECK_FALSE(p.receiver(w.address("other")).attached);
}

TEST_CASE("events are sent as there is credit") {
    reading_world w;
    for (int i = 0; i < 200; ++i) {
        w.send(std::to_string(i));
    }
    reading_peer p(w);
    peer_link& reader = p.read("", {.name = "r", .credit = 3});
    CHECK(bodies(reader) == texts{"0", "1", "2"});
    p.give_credit(reader, 1);
    CHECK(reader.inbox.size() == 4);
    p.give_credit(reader, 150);
    CHECK(reader.inbox.size() == 154);
    p.give_credit(reader, 100);
    CHECK(reader.inbox.size() == 200);
    CHECK(bodies(reader).back() == "199");
}

TEST_CASE("several readers of a partition each get everything") {
    reading_world w;
    w.send("a");
    reading_peer p(w);
    reading_peer q(w);
    peer_link& one = p.read("");
    peer_link& two = q.read("");
    w.send("b");
    p.run();
    q.run();
    CHECK(bodies(one) == texts{"a", "b"});
    CHECK(bodies(two) == texts{"a", "b"});
}

TEST_CASE("what was not kept is not read") {
    reading_world w;
    reading_peer p(w);
    peer_link& reader = p.read("");
    core::device_message lost;
    lost.body = "lost";
    w.store.commits_fail = true;
    REQUIRE(w.hub.take({device, "637", "{}", timestamp::max()}, lost));
    w.hub.end_turn();
    w.store.commits_fail = false;
    p.run();
    CHECK(reader.inbox.empty());
    w.send("kept");
    p.run();
    CHECK(bodies(reader) == texts{"kept"});
}

TEST_CASE("a reader of what is gone begins at what is left") {
    reading_world w;
    w.send("old");
    w.send("old");
    w.hub.clear();
    w.hub.end_turn();
    w.send("new");
    reading_peer p(w);
    CHECK(bodies(p.read("x-opt-offset > '-1'")) == texts{"new"});
    peer_link& reader = p.read("x-opt-sequence-number >= '0'");
    REQUIRE(bodies(reader) == texts{"new"});
    CHECK(*amqp::find(reader.inbox.front().content.annotations, "x-opt-sequence-number") ==
          amqp::value(std::int64_t{2}));
}

TEST_CASE("readers of the hub's own endpoint are sent to the other") {
    reading_world w;
    peer p(w, {"127.0.0.1:50000", {}}, {"amqp", 5699});
    REQUIRE(p.open_with_sasl("PLAIN", "service@sas.root.hub", policy_token("service")));
    const std::string address =
        GENERATE("/messages/events", "/messages/events/$management",
                 "amqps://hub.test/messages/events/$management",
                 "amqps://hub.test/messages/events/ConsumerGroups/$Default/Partitions/0");
    peer_link& reader = p.receiver(address);
    CHECK_FALSE(reader.ended);
    p.wait(20ms);
    REQUIRE(reader.ended);
    CHECK(reader.ended->condition == "amqp:link:redirect");
    const amqp::map& info = reader.ended->info;
    CHECK(amqp::find_text(info, "hostname") == "hub.test");
    CHECK(amqp::find_text(info, "network-host") == "hub.test");
    CHECK(amqp::find(info, "port")->integer() == 5699);
    CHECK(amqp::find_text(info, "address") == "amqps://hub.test:5699/" + entity + "/$management");
}
