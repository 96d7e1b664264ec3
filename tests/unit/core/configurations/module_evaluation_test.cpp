// How moduleContent and deployments come into the twins of modules (service API §1.5, evaluation).
#include "configuration_bench.hpp"

namespace iothub::core {

namespace {

constexpr const char* base = R"({"modulesContent":{
    "$edgeAgent":{"properties.desired":{"schemaVersion":"1.1","modules":{"m":{"v":1}}}},
    "$edgeHub":{"properties.desired":{"schemaVersion":"1.1","routes":{"r":"x"}}},
    "m":{"properties.desired":{"speed":1}}}})";

constexpr const char* layer = R"({"modulesContent":{
    "$edgeAgent":{"properties.desired.modules.n":{"v":1}},
    "$edgeHub":{"properties.desired.routes.s":"y"},
    "n":{"properties.desired.x":1}}})";

struct edge_bench : test::configuration_bench {
    edge_bench() {
        add_edge_device("d");
        create({"leaf", ""});
        settle();
    }

    std::string module(const char* id) { return sorted(twin({"d", id}).desired.values); }
    std::string routes() { return sorted(twin({"d", "$edgeHub"}).desired.values->at("routes")); }
    std::string modules() {
        return sorted(twin({"d", "$edgeAgent"}).desired.values->at("modules"));
    }

    // With the members in the order of their names.
    static std::string sorted(const json& values) {
        return nlohmann::json::parse(values.dump()).dump();
    }
};

} // namespace

TEST_CASE("moduleContent comes into the modules that its condition selects", "[configurations]") {
    test::configuration_bench b;
    b.create({"d", ""});
    b.create({"d", "m"});
    b.create({"d", "n"});
    b.create({"e", ""});
    b.create({"e", "m"});
    b.tag({"d", "m"}, R"({"on":true})");
    b.tag({"d", ""}, R"({"on":true})");
    b.add("c1", R"({"moduleContent":{"properties.desired.a":1}})",
          "from devices.modules where tags.on = true");
    CHECK(b.desired({"d", "m"}) == R"({"a":1})");
    CHECK(b.shown({"d", "m"}) == R"({"c1":{"status":"Applied"}})");
    CHECK(b.desired({"d", "n"}) == "{}");
    CHECK(b.desired({"d", ""}) == "{}");
    CHECK(b.shown({"d", ""}) == "{}");
    CHECK(b.counts("c1") == R"({"targetedCount":1,"appliedCount":1})");

    b.tag({"e", "m"}, R"({"on":true})");
    CHECK(b.desired({"e", "m"}) == R"({"a":1})");
    b.tag({"d", "m"}, R"({"on":false})");
    CHECK(b.desired({"d", "m"}) == "{}");
    CHECK(b.counts("c1") == R"({"targetedCount":1,"appliedCount":1})");
    REQUIRE(b.hub.identities().remove({"e", "m"}, precondition::anything()));
    b.settle();
    CHECK(b.counts("c1") == R"({"targetedCount":0,"appliedCount":0})");
}

TEST_CASE("a module that is made is targeted at once, and again when it is made anew",
          "[configurations]") {
    test::configuration_bench b;
    b.create({"d", ""});
    b.add("c1", R"({"moduleContent":{"properties.desired.a":1}})",
          "from devices.modules where moduleId = 'm'");
    for (int i = 0; i < 2; ++i) {
        b.create({"d", "m"});
        b.hub.end_turn();
        CHECK(b.desired({"d", "m"}) == R"({"a":1})");
        REQUIRE(b.hub.identities().remove({"d", "m"}, precondition::anything()));
    }
    b.create({"d", "m"}); // within the turn that removed it
    b.settle();
    CHECK(b.desired({"d", "m"}) == R"({"a":1})");
    CHECK(b.counts("c1") == R"({"targetedCount":1,"appliedCount":1})");
}

TEST_CASE("a deployment comes into all modules of the Edge devices it targets, and only theirs",
          "[configurations]") {
    edge_bench b;
    b.set_desired({"d", "$edgeAgent"}, R"({"old":1})");
    b.add("base", base);
    CHECK(b.module("$edgeAgent") == R"({"modules":{"m":{"v":1}},"schemaVersion":"1.1"})");
    CHECK(b.module("$edgeHub") == R"({"routes":{"r":"x"},"schemaVersion":"1.1"})");
    CHECK(b.module("m") == R"({"speed":1})");
    for (const char* module : {"", "$edgeAgent", "$edgeHub", "m"}) {
        CHECK(b.shown({"d", module}) == R"({"base":{"status":"Applied"}})");
    }
    CHECK(b.desired({"d", ""}) == "{}");
    CHECK(b.shown({"leaf", ""}) == "{}");
    CHECK_FALSE(b.hub.identities().get({"leaf", "m"}));
    CHECK(b.counts("base") == R"({"targetedCount":1,"appliedCount":1,)"
                              R"("reportedSuccessfulCount":0,"reportedFailedCount":0})");
    CHECK(b.settle() == 0);
}

TEST_CASE("a module of a deployment is made with keys, and not again when somebody deletes it",
          "[configurations]") {
    edge_bench b;
    b.add("base", base);
    const auto made = b.hub.identities().get({"d", "m"}).value();
    CHECK(made.managed_by == "iotEdge");
    CHECK_FALSE(made.authentication.primary_key.empty());
    REQUIRE(b.hub.identities().remove({"d", "m"}, precondition::anything()));
    b.settle();
    b.tag({"d", ""}, R"({"x":1})");
    CHECK_FALSE(b.hub.identities().get({"d", "m"}));
    b.change("base", "*", 1);
    CHECK(b.module("m") == R"({"speed":1})");
}

TEST_CASE("a module that a deployment names and somebody makes anew is written again",
          "[configurations]") {
    edge_bench b;
    b.add("base", base);
    REQUIRE(b.hub.identities().remove({"d", "m"}, precondition::anything()));
    b.settle();
    b.create({"d", "m"});
    b.settle();
    CHECK(b.module("m") == R"({"speed":1})");
}

TEST_CASE("layers come over the base", "[configurations]") {
    edge_bench b;
    b.add("layer", layer, "*", 20);
    b.add("base", base, "*", 10);
    CHECK(b.modules() == R"({"m":{"v":1},"n":{"v":1}})");
    CHECK(b.routes() == R"({"r":"x","s":"y"})");
    CHECK(b.module("n") == R"({"x":1})");
    CHECK(b.shown({"d", ""}) == R"({"layer":{"status":"Applied"},"base":{"status":"Applied"}})");

    b.change("layer", "tags.none = 1", 20);
    CHECK(b.modules() == R"({"m":{"v":1}})");
    CHECK(b.routes() == R"({"r":"x"})");
    CHECK(b.module("n") == "{}");
    CHECK(b.shown({"d", "n"}) == "{}");
}

TEST_CASE("a layer of a lower rank than the base stays out", "[configurations]") {
    edge_bench b;
    b.add("base", base, "*", 10);
    b.add("layer", layer, "*", 5);
    CHECK(b.modules() == R"({"m":{"v":1}})");
    CHECK_FALSE(b.hub.identities().get({"d", "n"}));
    const std::string both = R"({"base":{"status":"Applied"},"layer":{"status":"Targeted"}})";
    CHECK(b.shown({"d", ""}) == both);
    CHECK(b.shown({"d", "$edgeAgent"}) == both);
    CHECK(b.shown({"d", "$edgeHub"}) == R"({"base":{"status":"Applied"}})");
}

TEST_CASE("a layer without any base comes over what is there", "[configurations]") {
    edge_bench b;
    b.set_desired({"d", "$edgeAgent"}, R"({"modules":{"own":{}}})");
    b.add("layer", layer);
    CHECK(b.module("$edgeAgent") == R"({"modules":{"n":{"v":1},"own":{}}})");
}

TEST_CASE("of two bases only the higher one is applied, and the lower one takes over from it",
          "[configurations]") {
    edge_bench b;
    b.add("old", base, "*", 1);
    b.add("new", R"({"modulesContent":{"$edgeAgent":{"properties.desired":{"modules":{}}},
                                       "z":{"properties.desired":{"y":1}}}})",
          "tags.beta = true", 2);
    b.tag({"d", ""}, R"({"beta":true})");
    CHECK(b.module("$edgeAgent") == R"({"modules":{}})");
    CHECK(b.module("m") == "{}"); // the old one's settings are gone
    CHECK(b.module("z") == R"({"y":1})");
    CHECK(b.shown({"d", ""}) == R"({"new":{"status":"Applied"},"old":{"status":"Targeted"}})");

    b.tag({"d", ""}, R"({"beta":null})");
    CHECK(b.module("$edgeAgent") == R"({"modules":{"m":{"v":1}},"schemaVersion":"1.1"})");
    CHECK(b.module("m") == R"({"speed":1})");
    CHECK(b.module("z") == "{}");
}

TEST_CASE("a device that becomes an Edge device is targeted", "[configurations]") {
    edge_bench b;
    b.add("base", base);
    identity_request request;
    request.key = {"leaf", ""};
    request.iot_edge = true;
    REQUIRE(b.hub.identities().put(request, precondition::anything()));
    b.settle();
    CHECK(b.desired({"leaf", "m"}) == R"({"speed":1})");
    request.iot_edge = false;
    request.device_scope = b.hub.identities().get({"leaf", ""}).value().device_scope;
    if (b.hub.identities().put(request, precondition::anything())) {
        b.settle();
        CHECK(b.shown({"leaf", ""}) == "{}");
        CHECK(b.desired({"leaf", "m"}) == "{}");
    }
}

TEST_CASE("what the Edge agent reports is counted", "[configurations]") {
    edge_bench b;
    b.add("base", base);
    const identity_key agent{"d", "$edgeAgent"};
    const auto report = [&](std::uint64_t version, int code) {
        REQUIRE(b.hub.twins().report(
            agent, {{"lastDesiredVersion", version}, {"lastDesiredStatus", {{"code", code}}}}, {}));
        b.settle();
        const json counts = json::parse(b.counts("base"));
        return std::pair(counts["reportedSuccessfulCount"].get<int>(),
                         counts["reportedFailedCount"].get<int>());
    };
    const auto version = b.twin(agent).desired.version;
    CHECK(report(version, 200) == std::pair(1, 0));
    CHECK(report(version, 500) == std::pair(0, 1));
    CHECK(report(version - 1, 200) == std::pair(0, 0));
    CHECK(report(version, 200) == std::pair(1, 0));
    b.set_desired(agent, R"({"other":1})");
    CHECK(report(version, 200) == std::pair(0, 0));
}

TEST_CASE("a manifest is applied to one device", "[configurations]") {
    edge_bench b;
    b.set_desired({"d", "$edgeHub"}, R"({"routes":{"mine":"z"},"more":1})");
    REQUIRE(b.service().apply("d", json::parse(layer)));
    CHECK(b.module("$edgeAgent") == R"({"modules":{"n":{"v":1}}})");
    CHECK(b.module("$edgeHub") == R"({"more":1,"routes":{"mine":"z","s":"y"}})");
    CHECK(b.module("n") == R"({"x":1})");
    CHECK(b.shown({"d", "n"}) == "{}");
    const auto version = b.twin({"d", "n"}).desired.version;
    REQUIRE(b.service().apply("d", json::parse(layer)));
    CHECK(b.twin({"d", "n"}).desired.version == version);
    REQUIRE(b.service().apply("d", json::parse(base)));
    CHECK(b.module("$edgeHub") == R"({"routes":{"r":"x"},"schemaVersion":"1.1"})");
}

TEST_CASE("a manifest that cannot be applied changes no twin", "[configurations]") {
    edge_bench b;
    const auto refusal = [&b](const char* device, const std::string& content) {
        return b.service().apply(device, json::parse(content)).error().code;
    };
    CHECK(refusal("leaf", base) == errc::argument_invalid);
    CHECK(refusal("none", base) == errc::device_not_found);
    CHECK(refusal("d", "{}") == errc::invalid_configuration_content);
    CHECK(refusal("d", R"({"deviceContent":{"properties.desired.a":1}})") ==
          errc::invalid_configuration_content);
    json large = json::object();
    for (const char* key : {"a", "b", "c", "d", "e", "f", "g"}) {
        large[key] = std::string(4'000, 'x');
    }
    b.set_desired({"d", "$edgeHub"}, json({{"mine", large}}).dump().c_str());
    CHECK(refusal("d", json({{"modulesContent",
                              {{"$edgeAgent", {{"properties.desired.a", 1}}},
                               {"$edgeHub", {{"properties.desired.more", large}}}}}})
                           .dump()) == errc::argument_invalid);
    CHECK(b.module("$edgeAgent") == "{}");
}

} // namespace iothub::core
