#include "emulator/app/registry_document.hpp"

#include "common/base64.hpp"
#include "emulator/app/config_file.hpp"
#include "emulator/app/seed_document.hpp"
#include "support/catch.hpp"
#include "support/memory_hub.hpp"
#include "support/recording_link.hpp"

using namespace iothub;
using Catch::Contains;

namespace {

const std::string thumbprint(40, 'A');

// One of each kind, in the order and form of an export.
json everything() {
    const std::string key = base64_encode(std::string(32, 'a'));
    const json module = {{"moduleId", "m"},
                         {"managedBy", "us"},
                         {"primaryKey", key},
                         {"secondaryKey", key},
                         {"desired", {{"interval", 5}, {"list", {1, 2, 3}}}},
                         {"reported", {{"seen", {{"deep", true}}}}}};
    const json edge = {{"deviceId", "a"},          {"status", "disabled"},
                       {"statusReason", "broken"}, {"iotEdge", true},
                       {"primaryKey", key},        {"secondaryKey", key},
                       {"tags", {{"floor", 2}}},   {"modules", json::array({module})}};
    const json self_signed = {
        {"deviceId", "b"}, {"primaryThumbprint", thumbprint}, {"authentication", "selfSigned"}};
    const json by_authority = {{"deviceId", "c"}, {"authentication", "certificateAuthority"}};
    return {{"devices", json::array({edge, self_signed, by_authority})}};
}

std::string exported(test::memory_hub& bench) {
    return app::export_registry(bench.hub, "").value();
}

std::string refused(test::memory_hub& bench, const std::string& text) {
    const std::string before = exported(bench);
    const auto outcome = app::import_registry(bench.hub, text);
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().code == errc::argument_invalid);
    CHECK(exported(bench) == before);
    return outcome.error().message;
}

} // namespace

TEST_CASE("registry document: what is exported comes back as it was") {
    test::memory_hub bench;
    CHECK(exported(bench) == R"({"devices":[]})");
    REQUIRE(app::import_registry(bench.hub, everything().dump()));
    CHECK(exported(bench) == everything().dump());
    bench.hub.clear();
    CHECK(exported(bench) == R"({"devices":[]})");
    REQUIRE(app::import_registry(bench.hub, everything().dump()));
    CHECK(exported(bench) == everything().dump());
    CHECK_FALSE(bench.hub.identities().get({"a", ""})->enabled);
    CHECK(bench.hub.identities().get({"a", ""})->iot_edge);
    CHECK(bench.twin({"a", "m"}).reported.values.value() ==
          json::parse(R"({"seen":{"deep":true}})"));
}

namespace {

// In the order of an export: those above come last.
json edge_family() {
    json document = everything();
    json& device = document["devices"][1];
    device = {{"deviceId", "b"},
              {"parent", "y"},
              {"attributes", {{"line", 4}}},
              {"authentication", "certificateAuthority"}};
    document["devices"][0] = device;
    document["devices"][0]["deviceId"] = "a";
    document["devices"][2] = {{"deviceId", "y"},
                              {"iotEdge", true},
                              {"parent", "z"},
                              {"authentication", "certificateAuthority"},
                              {"modules", json::array({{{"moduleId", "$edgeAgent"},
                                                        {"desired", {{"schemaVersion", "1.1"}}},
                                                        {"reported", {{"version", "1.4"}}}}})}};
    document["devices"].push_back(
        {{"deviceId", "z"}, {"iotEdge", true}, {"authentication", "certificateAuthority"}});
    return document;
}

} // namespace

TEST_CASE("registry document: IoT Edge devices, those below them, and attributes") {
    test::memory_hub bench;
    REQUIRE(app::import_registry(bench.hub, edge_family().dump()));
    CHECK(exported(bench) == edge_family().dump());
    const auto parent = bench.hub.identities().get({"y", ""}).value();
    CHECK(bench.hub.identities().get({"a", ""})->device_scope == parent.device_scope);
    CHECK(bench.twin({"y", "$edgeAgent"}).reported.values.value() == json{{"version", "1.4"}});

    REQUIRE(app::import_registry(bench.hub, edge_family().dump()));
    CHECK(exported(bench) == edge_family().dump());
    CHECK(bench.hub.identities().get({"y", ""})->device_scope == parent.device_scope);

    bench.hub.clear();
    app::seed wanted;
    REQUIRE(app::read_devices(edge_family().at("devices"), wanted).empty());
    app::apply_seed(bench.hub, wanted);
    CHECK(exported(bench) == edge_family().dump());
}

TEST_CASE("registry document: what an entry leaves out is as in a new identity") {
    test::memory_hub bench;
    REQUIRE(app::import_registry(bench.hub, edge_family().dump()));
    REQUIRE(app::import_registry(
        bench.hub, R"({"devices":[{"deviceId":"a","authentication":"certificateAuthority"},
                                  {"deviceId":"y","parent":"z"}]})"));
    const json now = json::parse(exported(bench))["devices"];
    CHECK(now[0].dump() == R"({"deviceId":"a","authentication":"certificateAuthority"})");
    CHECK_FALSE(now[1].contains("parent")); // y is no IoT Edge device any more
    CHECK(now[2]["parent"] == "z");
    CHECK_FALSE(now[2].contains("iotEdge"));
}

TEST_CASE("registry document: devices change places among each other") {
    test::memory_hub bench;
    const auto edge = [](const char* id, const char* parent) {
        json device = {{"deviceId", id}, {"iotEdge", true}};
        if (parent != nullptr) {
            device["parent"] = parent;
        }
        return device;
    };
    const auto import = [&](const json& devices) {
        return app::import_registry(bench.hub, json{{"devices", devices}}.dump());
    };
    REQUIRE(import({edge("a", nullptr), edge("b", "a"), edge("c", "b")}));
    REQUIRE(import({edge("a", "c"), edge("b", nullptr)})); // c stays below b
    const auto scope = [&](const char* id) {
        return bench.hub.identities().get({id, ""}).value().device_scope.value();
    };
    CHECK(bench.hub.identities().get({"a", ""})->parent_scopes.front() == scope("c"));
    CHECK(bench.hub.identities().get({"b", ""})->parent_scopes.empty());
    CHECK(bench.hub.identities().get({"c", ""})->parent_scopes.front() == scope("b"));
}

TEST_CASE("registry document: places that cannot be change nothing") {
    test::memory_hub bench;
    REQUIRE(app::import_registry(bench.hub, edge_family().dump()));
    const auto [devices, reason] = GENERATE(table<std::string, std::string>({
        {R"({"deviceId":"n","parent":"none"})",
         "\"devices[0].parent\" must be the id of an IoT Edge device"},
        {R"({"deviceId":"n","parent":"a"})",
         "\"devices[0].parent\" must be the id of an IoT Edge device"},
        {R"({"deviceId":"n"},{"deviceId":"y"},{"deviceId":"m","parent":"y"})",
         "\"devices[2].parent\" must be the id of an IoT Edge device"},
        {R"({"deviceId":"z","iotEdge":true,"parent":"y"})", "cannot stand below itself"},
        {R"({"deviceId":"n","iotEdge":true,"parent":"n"})", "cannot stand below itself"},
        {R"({"deviceId":"n","parent":7})", "devices[0].parent"},
        {R"({"deviceId":"n","attributes":[]})", "\"devices[0].attributes\" must be"},
        {R"({"deviceId":"n","modules":[{"moduleId":"$edgeAgent"}]})",
         "\"devices[0].modules[0].moduleId\" is reserved"},
        {R"({"deviceId":"n","iotEdge":true,"modules":[{"moduleId":"$other"}]})",
         "\"devices[0].modules[0].moduleId\" is reserved"},
        {R"({"deviceId":"n","iotEdge":true,"modules":[{"moduleId":"$edgeHub","managedBy":"x"}]})",
         "\"devices[0].modules[0]\" can have tags"},
    }));
    CHECK_THAT(refused(bench, R"({"devices":[)" + devices + "]}"), Contains(reason));
}

TEST_CASE("registry document: of one device") {
    test::memory_hub bench;
    REQUIRE(app::import_registry(bench.hub, everything().dump()));
    const json one = json::parse(app::export_registry(bench.hub, "b").value());
    CHECK(one == json{{"devices", json::array({everything().at("devices").at(1)})}});
    CHECK(app::export_registry(bench.hub, "none").error().code == errc::device_not_found);
}

TEST_CASE("registry document: more devices than are listed at once") {
    test::memory_hub bench;
    for (int i = 0; i < 1100; ++i) {
        bench.create({"d" + std::to_string(i), ""});
    }
    CHECK(json::parse(exported(bench)).at("devices").size() == 1100);
}

TEST_CASE("registry document: page by page") {
    test::memory_hub bench;
    for (const char* id : {"a", "b", "c"}) {
        bench.create({id, ""});
    }
    const auto ids = [&](std::string_view after, std::size_t limit) {
        std::string text;
        const json page = json::parse(app::export_devices(bench.hub, after, limit));
        for (const json& device : page.at("devices")) {
            text += device.at("deviceId").get<std::string>();
        }
        return text;
    };
    CHECK(ids("", 2) == "ab");
    CHECK(ids("b", 2) == "c");
    CHECK(ids("a1", 9) == "bc");
    CHECK(ids("c", 2).empty());
}

TEST_CASE("registry document: an import replaces what it names, and only that") {
    test::memory_hub bench;
    json document = everything();
    document["devices"][0].erase("status"); // who is disabled is disconnected
    REQUIRE(app::import_registry(bench.hub, document.dump()));
    const auto before = bench.hub.identities().get({"a", "m"}).value();
    test::recording_link link;
    bench.hub.sessions().connect({"a", "m"}, link);
    bench.hub.twins()
        .report({"a", "m"}, json::parse(R"({"seen":{"deep":{"er":1}},"more":1})"), {})
        .value();
    bench.hub.twins().patch({"a", "m"}, {{}, json{{"interval", 9}, {"other", 1}}}, {}).value();
    link.updates.clear();
    bench.create({"untouched", ""});

    REQUIRE(app::import_registry(bench.hub, document.dump()));
    document["devices"].push_back(
        json::parse(app::export_registry(bench.hub, "untouched").value())["devices"][0]);
    CHECK(exported(bench) == document.dump());
    const auto after = bench.hub.identities().get({"a", "m"}).value();
    CHECK(after.generation_id == before.generation_id);
    CHECK(after.etag > before.etag);
    CHECK(after.connected);
    REQUIRE(link.updates.size() == 1);
    CHECK_THAT(link.updates[0].patch, Contains("\"interval\":5"));
}

TEST_CASE("registry document: a mistake anywhere changes nothing") {
    test::memory_hub bench;
    REQUIRE(app::import_registry(bench.hub, everything().dump()));
    CHECK_THAT(refused(bench, ""), Contains("The JSON"));
    CHECK_THAT(refused(bench, "[]"), Contains("\"devices\""));
    CHECK_THAT(refused(bench, "{}"), Contains("\"devices\""));
    CHECK_THAT(refused(bench, R"({"devices":[],"policies":[]})"), Contains("policies"));
    CHECK(refused(bench, R"({"devices":[{"deviceId":"new"},{"deviceId":"no/slash"}]})")
              .starts_with("\"devices[1]\" is refused"));
    CHECK_THAT(refused(bench, R"({"devices":[{"deviceId":"new","reported":[]}]})"),
               Contains("devices[0].reported"));
    CHECK_THAT(refused(bench, R"({"devices":[{"deviceId":"new","statusReason":")" +
                                  std::string(129, 'x') + R"("}]})"),
               Contains("status reason"));
}

TEST_CASE("registry document: a device has at most 50 modules, with those it has already") {
    test::memory_hub bench;
    bench.create({"d", ""});
    for (int i = 0; i < 30; ++i) {
        bench.create({"d", "m" + std::to_string(i)});
    }
    json device = {{"deviceId", "d"}, {"modules", json::array()}};
    for (int i = 10; i < 50; ++i) {
        device["modules"].push_back({{"moduleId", "m" + std::to_string(i)}});
    }
    json document = {{"devices", json::array({{{"deviceId", "e"}}, device})}};
    CHECK(app::import_registry(bench.hub, document.dump()));
    document["devices"][1]["modules"][0]["moduleId"] = "one-more";
    CHECK_THAT(refused(bench, document.dump()), Contains("'d'") && Contains("50 modules"));
}

TEST_CASE("reset: to nothing, or to what the seed names") {
    test::memory_hub bench;
    app::seed wanted;
    REQUIRE(app::read_devices(everything().at("devices"), wanted).empty());
    app::apply_seed(bench.hub, wanted);
    bench.create({"other", ""});
    app::reset(bench.hub, wanted, true);
    CHECK(exported(bench) == everything().dump());
    app::reset(bench.hub, wanted, false);
    CHECK(exported(bench) == R"({"devices":[]})");
}

TEST_CASE("config: a text names its schema, and mistakes are told with the text's name") {
    app::options read;
    CHECK(app::apply_config_text(R"({"$schema": "s", "devices": [{"deviceId": "d"}]} // end)",
                                 "config", read));
    CHECK(read.seed.identities.size() == 1);
    const auto fault = [&](const char* text) {
        return app::apply_config_text(text, "config", read).error().message;
    };
    CHECK_THAT(fault("{ // a comment\n  \"host\" 1}"),
               Catch::StartsWith("config: The JSON is not well formed at line 2, column 10:"));
    CHECK(fault("\xef\xbb\xbf{}") ==
          "config: The JSON is not well formed at line 1, column 1: a byte order mark is not "
          "allowed");
}
