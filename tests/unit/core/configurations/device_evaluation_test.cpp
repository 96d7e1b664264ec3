// How device configurations come into twins (service API §1.5, evaluation).
#include "configuration_bench.hpp"
#include "support/recording_link.hpp"

namespace iothub::core {

namespace {

constexpr const char* sets_a_1 = R"({"deviceContent":{"properties.desired.a":1}})";
constexpr const char* sets_a_2 = R"({"deviceContent":{"properties.desired.a":2}})";

struct device_bench : test::configuration_bench {
    device_bench() {
        create(d);
        settle();
    }

    std::string desired() { return configuration_bench::desired(d); }
    std::string shown() { return configuration_bench::shown(d); }

    identity_key d{"d", ""};
};

} // namespace

TEST_CASE("a new configuration comes into the twins that it targets", "[configurations]") {
    device_bench b;
    b.create({"e", ""});
    b.tag(b.d, R"({"floor":1})");
    b.add("c1", sets_a_1, "tags.floor = 1");
    CHECK(b.desired() == R"({"a":1})");
    CHECK(b.shown() == R"({"c1":{"status":"Applied"}})");
    CHECK(b.configuration_bench::desired({"e", ""}) == "{}");
    CHECK(b.configuration_bench::shown({"e", ""}) == "{}");
    CHECK(b.counts("c1") == R"({"targetedCount":1,"appliedCount":1})");
}

TEST_CASE("it is an ordinary write of desired properties, and the device is told",
          "[configurations]") {
    device_bench b;
    test::recording_link link;
    b.hub.sessions().connect(b.d, link);
    const twin before = b.twin(b.d);
    b.add("c1", sets_a_1);
    const twin after = b.twin(b.d);
    CHECK(after.desired.version == 2);
    CHECK(after.version == before.version + 1);
    CHECK(after.etag == before.etag + 1);
    CHECK(after.desired.metadata->at("a")["$lastUpdatedVersion"] == 2);
    CHECK(link.updates == std::vector{test::recording_link::update{2, R"({"a":1,"$version":2})"}});
    b.hub.sessions().disconnect(b.d, {});
}

TEST_CASE("what the twin has already is not written", "[configurations]") {
    device_bench b;
    b.set_desired(b.d, R"({"a":1})");
    const twin before = b.twin(b.d);
    b.add("c1", sets_a_1);
    CHECK(b.shown() == R"({"c1":{"status":"Applied"}})");
    CHECK(b.twin(b.d).desired.version == before.desired.version);
    CHECK(b.twin(b.d).version == before.version);
    CHECK(b.twin(b.d).etag == before.etag);
}

TEST_CASE("nothing goes on by itself afterwards", "[configurations]") {
    device_bench b;
    b.add("c1", sets_a_1);
    CHECK(b.settle() == 0);
    CHECK_FALSE(b.hub.next_deadline());
}

TEST_CASE("nobody is targeted by an empty condition", "[configurations]") {
    device_bench b;
    b.add("c1", sets_a_1, "");
    CHECK(b.desired() == "{}");
    CHECK(b.counts("c1") == R"({"targetedCount":0,"appliedCount":0})");
}

TEST_CASE("there are no counts before the first evaluation", "[configurations]") {
    device_bench b;
    REQUIRE(b.service().put(b.wanted("c1", sets_a_1), {}));
    CHECK(b.counts("c1") == "{}");
    b.settle();
    CHECK(b.counts("c1") == R"({"targetedCount":1,"appliedCount":1})");
}

TEST_CASE("a new device is targeted at once", "[configurations]") {
    device_bench b;
    b.add("c1", sets_a_1);
    b.create({"e", ""});
    b.hub.end_turn(); // and within the turn that creates it
    CHECK(b.configuration_bench::desired({"e", ""}) == R"({"a":1})");
    CHECK(b.counts("c1") == R"({"targetedCount":2,"appliedCount":2})");
}

TEST_CASE("reported properties let a device enter and leave a condition", "[configurations]") {
    device_bench b;
    b.add("c1", sets_a_1, "properties.reported.ready = true");
    CHECK(b.desired() == "{}");
    REQUIRE(b.hub.twins().report(b.d, {{"ready", true}}, {}));
    b.settle();
    CHECK(b.desired() == R"({"a":1})");
    REQUIRE(b.hub.twins().report(b.d, {{"ready", false}}, {}));
    b.settle();
    CHECK(b.desired() == "{}");
    CHECK(b.shown() == "{}");
    CHECK(b.counts("c1") == R"({"targetedCount":0,"appliedCount":0})");
}

TEST_CASE("the highest priority wins, whatever came first", "[configurations]") {
    device_bench b;
    const bool high_first = GENERATE(true, false);
    b.add(high_first ? "high" : "low", high_first ? sets_a_2 : sets_a_1, "*", high_first ? 10 : 5);
    b.add(high_first ? "low" : "high", high_first ? sets_a_1 : sets_a_2, "*", high_first ? 5 : 10);
    CHECK(b.desired() == R"({"a":2})");
    CHECK(b.shown() == R"({"high":{"status":"Applied"},"low":{"status":"Targeted"}})");
    CHECK(b.counts("low") == R"({"targetedCount":1,"appliedCount":0})");
}

TEST_CASE("of equal priorities the one that was created last wins", "[configurations]") {
    device_bench b;
    b.add("z-first", sets_a_1, "*", 5);
    b.add("a-second", sets_a_2, "*", 5);
    CHECK(b.desired() == R"({"a":2})");
    b.change("z-first", "*", 5); // an update is no creation
    CHECK(b.desired() == R"({"a":2})");
}

TEST_CASE("each property has its own winner", "[configurations]") {
    device_bench b;
    b.add("low", R"({"deviceContent":{"properties.desired.a":1,"properties.desired.b":1}})", "*",
          1);
    b.add("high", R"({"deviceContent":{"properties.desired.b":2,"properties.desired.c":2}})", "*",
          2);
    CHECK(b.twin(b.d).desired.values.value() == json({{"a", 1}, {"b", 2}, {"c", 2}}));
    CHECK(b.shown() == R"({"high":{"status":"Applied"},"low":{"status":"Applied"}})");
}

TEST_CASE("an object that wins is whole, and one that loses takes what is below it",
          "[configurations]") {
    device_bench b;
    b.add("leaf", R"({"deviceContent":{"properties.desired.a.x":1}})", "*", 5);
    b.add("whole", R"({"deviceContent":{"properties.desired.a":{"x":9,"y":9}}})", "*", 1);
    CHECK(b.desired() == R"({"a":{"x":1,"y":9}})");
    b.change("whole", "*", 10);
    CHECK(b.desired() == R"({"a":{"x":9,"y":9}})");
    CHECK(b.shown() == R"({"whole":{"status":"Applied"},"leaf":{"status":"Targeted"}})");
}

TEST_CASE("an object replaces what stood in its place", "[configurations]") {
    device_bench b;
    b.set_desired(b.d, R"({"a":{"old":1},"mine":2})");
    b.add("c1", R"({"deviceContent":{"properties.desired.a":{"new":1}}})");
    CHECK(b.twin(b.d).desired.values.value() == json({{"a", {{"new", 1}}}, {"mine", 2}}));
}

TEST_CASE("null takes a property away", "[configurations]") {
    device_bench b;
    b.set_desired(b.d, R"({"a":1,"b":2})");
    b.add("c1", R"({"deviceContent":{"properties.desired.a":null}})");
    CHECK(b.desired() == R"({"b":2})");
    CHECK(b.shown() == R"({"c1":{"status":"Applied"}})");
}

TEST_CASE("a device that leaves loses the settings and takes the next ones", "[configurations]") {
    device_bench b;
    b.tag(b.d, R"({"floor":1})");
    b.add("low", sets_a_1, "*", 1);
    b.add("high", R"({"deviceContent":{"properties.desired.a":2,"properties.desired.b":2}})",
          "tags.floor = 1", 2);
    b.set_desired(b.d, R"({"own":true})");
    CHECK(b.twin(b.d).desired.values.value() == json({{"a", 2}, {"b", 2}, {"own", true}}));
    b.tag(b.d, R"({"floor":2})");
    CHECK(b.twin(b.d).desired.values.value() == json({{"a", 1}, {"own", true}}));
    CHECK(b.shown() == R"({"low":{"status":"Applied"}})");
    CHECK(b.counts("high") == R"({"targetedCount":0,"appliedCount":0})");
    CHECK(b.counts("low") == R"({"targetedCount":1,"appliedCount":1})");
}

TEST_CASE("a condition that changes lets devices go and come", "[configurations]") {
    device_bench b;
    b.create({"e", ""});
    b.add("c1", sets_a_1, "deviceId = 'd'");
    b.change("c1", "deviceId = 'e'", 0);
    CHECK(b.desired() == "{}");
    CHECK(b.configuration_bench::desired({"e", ""}) == R"({"a":1})");
    CHECK(b.counts("c1") == R"({"targetedCount":1,"appliedCount":1})");
}

TEST_CASE("a priority that changes changes the winner", "[configurations]") {
    device_bench b;
    b.add("c1", sets_a_1, "*", 1);
    b.add("c2", sets_a_2, "*", 2);
    b.change("c1", "*", 3);
    CHECK(b.desired() == R"({"a":1})");
    CHECK(b.shown() == R"({"c1":{"status":"Applied"},"c2":{"status":"Targeted"}})");
}

TEST_CASE("deleting leaves what was applied, and the next one's settings come",
          "[configurations]") {
    device_bench b;
    b.add("low", sets_a_1, "*", 1);
    b.add("high", R"({"deviceContent":{"properties.desired.a":2,"properties.desired.b":2}})", "*",
          2);
    b.remove("high");
    CHECK(b.twin(b.d).desired.values.value() == json({{"a", 1}, {"b", 2}}));
    CHECK(b.shown() == R"({"low":{"status":"Applied"}})");
    b.remove("low");
    CHECK(b.twin(b.d).desired.values.value() == json({{"a", 1}, {"b", 2}}));
    CHECK(b.shown() == "{}");
    CHECK(b.store.list_records("config").empty());
}

TEST_CASE("one that is made anew under an old name counts anew", "[configurations]") {
    device_bench b;
    b.add("c1", sets_a_1);
    REQUIRE(b.service().remove("c1", {})); // and no time to look at any device
    b.add("c1", sets_a_2, "deviceId = 'd'");
    CHECK(b.desired() == R"({"a":2})");
    CHECK(b.counts("c1") == R"({"targetedCount":1,"appliedCount":1})");
}

TEST_CASE("what a back end sets stays until something is evaluated anew", "[configurations]") {
    device_bench b;
    b.add("c1", sets_a_1);
    b.set_desired(b.d, R"({"a":5})");
    b.tag(b.d, R"({"x":1})");
    CHECK(b.desired() == R"({"a":5})");
    b.change("c1", "*", 0);
    CHECK(b.desired() == R"({"a":1})");
}

TEST_CASE("what does not fit into a twin is targeted and never applied", "[configurations]") {
    device_bench b;
    json large = json::object();
    for (const char* key : {"a", "b", "c", "d", "e", "f", "g"}) {
        large[key] = std::string(4'000, 'x');
    }
    b.set_desired(b.d, json({{"mine", large}}).dump().c_str());
    const auto version = b.twin(b.d).desired.version;
    b.add("c1", json({{"deviceContent", {{"properties.desired.more", large}}}}).dump().c_str());
    CHECK(b.shown() == R"({"c1":{"status":"Targeted"}})");
    CHECK(b.counts("c1") == R"({"targetedCount":1,"appliedCount":0})");
    CHECK(b.twin(b.d).desired.version == version);
    b.tag(b.d, R"({"x":1})"); // it settles
    CHECK(b.counts("c1") == R"({"targetedCount":1,"appliedCount":0})");
}

TEST_CASE("a device that is deleted counts no more", "[configurations]") {
    device_bench b;
    b.add("c1", sets_a_1);
    REQUIRE(b.hub.identities().remove(b.d, precondition::anything()));
    b.settle();
    CHECK(b.counts("c1") == R"({"targetedCount":0,"appliedCount":0})");
    CHECK(b.store.list_records("configured/").empty());
    b.create(b.d);
    b.settle();
    CHECK(b.desired() == R"({"a":1})");
    CHECK(b.counts("c1") == R"({"targetedCount":1,"appliedCount":1})");
}

TEST_CASE("queries find twins by the state of a configuration", "[configurations]") {
    device_bench b;
    b.create({"e", ""});
    b.add("c1", sets_a_1, "deviceId = 'd'");
    auto c = b.wanted("c2", sets_a_2, "");
    c.metrics = {{"applied", "select deviceId from devices where configurations.[[c1]].status = "
                             "'Applied'"},
                 {"all", "select deviceId from devices"},
                 {"none", "select deviceId from devices where tags.x = 1"}};
    REQUIRE(b.service().put(c, {}));
    json documents;
    b.service().measure(b.service().list(), [&](const json& all) { documents = all; });
    b.settle();
    REQUIRE(documents.size() == 2);
    CHECK(documents[0]["metrics"].dump() == R"({"results":{},"queries":{}})");
    CHECK(documents[1]["metrics"]["results"].dump() == R"({"applied":1,"all":2,"none":0})");
}

} // namespace iothub::core
