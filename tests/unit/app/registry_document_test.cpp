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
    CHECK(bench.twin({"a", "m"}).reported.values == json::parse(R"({"seen":{"deep":true}})"));
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
