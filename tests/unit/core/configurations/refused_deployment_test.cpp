// Deployments of which a module cannot be made or written (service API §1.5, evaluation).
#include "configuration_bench.hpp"

namespace iothub::core {

namespace {

constexpr const char* deployment = R"({"modulesContent":{
    "$edgeAgent":{"properties.desired.modules.m":{"v":1}},
    "m":{"properties.desired.speed":1}}})";

struct edge_bench : test::configuration_bench {
    edge_bench() { add_edge_device("d"); }

    // So that nothing more goes in.
    void fill(const identity_key& key) {
        json large = json::object();
        for (const char* name : {"a", "b", "c", "d", "e", "f", "g", "h"}) {
            large[name] = std::string(4'094, 'x');
        }
        set_desired(key, large.dump().c_str());
    }
};

} // namespace

TEST_CASE("a deployment of which a module is refused is targeted, and not applied",
          "[configurations]") {
    edge_bench b;
    SECTION("the device has too many modules") {
        for (int i = 0; i < 50; ++i) {
            b.create({"d", "own" + std::to_string(i)});
        }
        b.add("base", deployment);
        CHECK_FALSE(b.hub.identities().get({"d", "m"}));
    }
    SECTION("its twin has no room") {
        b.create({"d", "m"});
        b.fill({"d", "m"});
        b.add("base", deployment);
        CHECK(b.shown({"d", "m"}) == R"({"base":{"status":"Targeted"}})");
    }
    const auto check_refused = [&b] {
        CHECK(b.shown({"d", ""}) == R"({"base":{"status":"Targeted"}})");
        CHECK(b.shown({"d", "$edgeAgent"}) == R"({"base":{"status":"Targeted"}})");
        CHECK(b.counts("base") == R"({"targetedCount":1,"appliedCount":0,)"
                                  R"("reportedSuccessfulCount":0,"reportedFailedCount":0})");
    };
    CHECK(b.desired({"d", "$edgeAgent"}) ==
          R"({"modules":{"m":{"v":1}}})"); // what can be written is
    check_refused();
    b.tag({"d", ""}, R"({"x":1})");
    check_refused();
    b.add("other", R"({"deviceContent":{"properties.desired.a":1}})", "*", -1);
    CHECK(b.shown({"d", ""}) == R"({"base":{"status":"Targeted"},"other":{"status":"Applied"}})");
}

TEST_CASE("a deployment is applied when what was refused can be written", "[configurations]") {
    edge_bench b;
    b.create({"d", "m"});
    b.fill({"d", "m"});
    b.add("layer", deployment);
    CHECK(b.shown({"d", ""}) == R"({"layer":{"status":"Targeted"}})");
    b.set_desired({"d", "m"}, R"({"a":null})");
    CHECK(b.twin({"d", "m"}).desired.values->at("speed") == 1);
    for (const char* module : {"", "$edgeAgent", "m"}) {
        CHECK(b.shown({"d", module}) == R"({"layer":{"status":"Applied"}})");
    }
}

} // namespace iothub::core
