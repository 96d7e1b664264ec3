#include "emulator/app/seed.hpp"

#include "common/base64.hpp"
#include "emulator/app/policy_document.hpp"
#include "emulator/app/seed_document.hpp"
#include "emulator/app/start_up_error.hpp"
#include "support/catch.hpp"
#include "support/faulty_store.hpp"
#include "support/memory_hub.hpp"

using namespace iothub;

namespace {

const std::string key_1 = base64_encode(std::string(32, 'a'));
const std::string key_2 = base64_encode(std::string(32, 'b'));

json with_keys(json document) {
    document["primaryKey"] = key_1;
    document["secondaryKey"] = key_2;
    return document;
}

app::seed read(const json& devices) {
    app::seed s;
    const app::fault f = app::read_devices(devices, s);
    INFO(app::sentence(f));
    REQUIRE(f.empty());
    return s;
}

app::seed factory() {
    json module =
        with_keys({{"moduleId", "m"}, {"managedBy", "us"}, {"desired", {{"interval", 5}}}});
    json device = with_keys({{"deviceId", "d"},
                             {"status", "disabled"},
                             {"iotEdge", true},
                             {"tags", {{"floor", 2}}},
                             {"modules", json::array({module})}});
    return read(json::array({device, {{"deviceId", "bare"}}}));
}

std::string wrong_devices(const char* text) {
    app::seed s;
    return app::sentence(app::within("devices", app::read_devices(json::parse(text), s)));
}

std::string wrong_policies(const json& document) {
    std::vector<core::access_policy> target;
    return app::sentence(app::within("policies", app::read_policies(document, target)));
}

} // namespace

TEST_CASE("seed: what is missing is created with its keys and its twin") {
    test::memory_hub bench;
    app::apply_seed(bench.hub, factory());
    const auto device = bench.hub.identities().get({"d", ""}).value();
    CHECK(device.authentication.primary_key == key_1);
    CHECK(device.authentication.secondary_key == key_2);
    CHECK_FALSE(device.enabled);
    CHECK(device.iot_edge);
    CHECK(bench.twin({"d", ""}).tags.value() == json{{"floor", 2}});
    CHECK(bench.twin({"d", ""}).desired.version == 1);
    const auto module = bench.hub.identities().get({"d", "m"}).value();
    CHECK(module.authentication.primary_key == key_1);
    CHECK(module.managed_by == "us");
    CHECK(bench.twin({"d", "m"}).desired.values.value() == json{{"interval", 5}});
    CHECK_FALSE(bench.hub.identities().get({"bare", ""})->authentication.primary_key.empty());
}

TEST_CASE("seed: the second time, nothing changes") {
    test::memory_hub bench;
    app::apply_seed(bench.hub, factory());
    bench.hub.twins().patch({"d", "m"}, {{}, json{{"interval", 9}}}, {}).value();
    const auto device = bench.hub.identities().get({"d", ""}).value();
    const auto bare = bench.hub.identities().get({"bare", ""}).value();
    const auto twin = bench.twin({"d", "m"});
    bench.clock.advance(std::chrono::hours(1));
    app::seed changed = factory();
    changed.identities.front().request.authentication.primary_key = key_2;
    app::apply_seed(bench.hub, changed);
    CHECK(bench.hub.identities().get({"d", ""}).value() == device);
    CHECK(bench.hub.identities().get({"bare", ""}).value() == bare);
    CHECK(bench.twin({"d", "m"}) == twin);
}

TEST_CASE("seed: a module is added to a device that was there before") {
    test::memory_hub bench;
    const auto before = bench.create({"d", ""});
    app::apply_seed(bench.hub, factory());
    CHECK(bench.hub.identities().get({"d", ""}).value() == before);
    CHECK(bench.twin({"d", ""}).tags->empty());
    CHECK(bench.hub.identities().get({"d", "m"})->authentication.primary_key == key_1);
}

TEST_CASE("seed: it is kept when it has been applied") {
    test::memory_hub bench;
    app::apply_seed(bench.hub, factory());
    bench.store.rollback();
    CHECK(bench.hub.identities().get({"d", "m"}));
}

TEST_CASE("seed: what the hub refuses or cannot keep is an error") {
    test::memory_hub bench;
    bench.create({"d", ""});
    for (int i = 0; i < 50; ++i) {
        bench.create({"d", "m" + std::to_string(100 + i)});
    }
    CHECK_THROWS_WITH(app::apply_seed(bench.hub, factory()),
                      Catch::Contains("devices[0].modules[0]") && Catch::Contains("50 modules"));
    test::faulty_store store(bench.store);
    store.commits_fail = true;
    core::hub broken(store, bench.clock, bench.ids, bench.log);
    CHECK_THROWS_AS(app::apply_seed(broken, read(json::array({{{"deviceId", "x"}}}))),
                    app::start_up_error);
}

TEST_CASE("seed: a wrong document is told with its place") {
    using Catch::Contains;
    using Catch::Equals;
    CHECK_THAT(wrong_devices("{}"), Equals(R"("devices" must be a JSON array)"));
    CHECK_THAT(wrong_devices("[1]"), Equals(R"("devices[0]" must be a JSON object)"));
    CHECK_THAT(wrong_devices("[{}]"), Equals(R"("devices[0].deviceId" is missing)"));
    CHECK_THAT(wrong_devices(R"([{"deviceID": "d"}])"),
               Equals(R"(unknown key "devices[0].deviceID"; did you mean "deviceId"?)"));
    CHECK_THAT(wrong_devices(R"([{"deviceId": "d"}, {"a\nnonymous": 1}])"),
               Equals(R"(unknown key "devices[1].a nonymous")"));
    CHECK_THAT(wrong_devices(R"([{"deviceId": "a b"}])"),
               Contains(R"("devices[0]" is refused: The device id is not valid)"));
    CHECK_THAT(wrong_devices(R"([{"deviceId": "d"}, {"deviceId": "d"}])"),
               Equals(R"("devices[1].deviceId" is the id of an earlier one)"));
    CHECK_THAT(wrong_devices(R"([{"deviceId": "d", "status": "on"}])"),
               Equals(R"("devices[0].status" must be "enabled" or "disabled")"));
    CHECK_THAT(wrong_devices(R"([{"deviceId": "d", "iotEdge": 1}])"),
               Equals(R"("devices[0].iotEdge" must be true or false)"));
    CHECK_THAT(wrong_devices(R"([{"deviceId": "d", "authentication": "none"}])"),
               Contains(R"("devices[0].authentication" must be "sas")"));
    CHECK_THAT(wrong_devices(R"([{"deviceId": "d", "primaryThumbprint": "12"}])"),
               Contains(R"("devices[0]" is refused: A thumbprint is)"));
    CHECK_THAT(wrong_devices(R"([{"deviceId": "d", "tags": {"a": {"b c": 1}}}])"),
               Contains(R"("devices[0].tags" is refused: The key 'b c' in tags.a)"));
    CHECK_THAT(wrong_devices(R"([{"deviceId": "d", "desired": null}])"),
               Equals(R"("devices[0].desired" must be a JSON object)"));
}

TEST_CASE("seed: a wrong module is told with its place") {
    using Catch::Contains;
    using Catch::Equals;
    const auto wrong_modules = [](const std::string& modules) {
        return wrong_devices((R"([{"deviceId": "d", "modules": )" + modules + "}]").c_str());
    };
    CHECK_THAT(wrong_modules("1"), Equals(R"("devices[0].modules" must be a JSON array)"));
    CHECK_THAT(wrong_modules("[{}]"), Equals(R"("devices[0].modules[0].moduleId" is missing)"));
    CHECK_THAT(wrong_modules(R"([{"moduleId": "m", "status": "enabled"}])"),
               Equals(R"(unknown key "devices[0].modules[0].status")"));
    CHECK_THAT(
        wrong_modules(R"([{"moduleId": "$edgeHub"}])"),
        Contains(R"("devices[0].modules[0].moduleId" is reserved for the modules of an IoT Edge)"));
    CHECK_THAT(wrong_modules(R"([{"moduleId": "m"}, {"moduleId": "m"}])"),
               Equals(R"("devices[0].modules[1].moduleId" is the id of an earlier one)"));
    std::string many;
    for (int i = 0; i <= 50; ++i) {
        many += (i == 0 ? "" : ",") + std::string("{}");
    }
    CHECK_THAT(wrong_modules("[" + many + "]"),
               Equals(R"("devices[0].modules" must hold at most 50 modules)"));
}

TEST_CASE("seed: keys are checked, and never told") {
    using Catch::Contains;
    const std::string one = wrong_devices(R"([{"deviceId": "d", "primaryKey": "c2VjcmV0"}])");
    CHECK_THAT(one, Contains(R"("devices[0]" is refused: Either no keys or both)"));
    const std::string both = wrong_devices(
        R"([{"deviceId": "d", "primaryKey": "c2VjcmV0", "secondaryKey": "c2VjcmV0"}])");
    CHECK_THAT(both, Contains("base64 text of 16 to 64 bytes") && !Contains("c2VjcmV0"));
    for (const char* key : {"!!!", "MDEyMzQ1Njc4OWFiY2RlZg"}) { // the last one lacks its "=="
        const std::string keys =
            R"("primaryKey": ")" + std::string(key) + R"(", "secondaryKey": ")" + key_2 + '"';
        CHECK_THAT(wrong_devices((R"([{"deviceId": "d", )" + keys + "}]").c_str()),
                   Contains(R"("devices[0]" is refused: )"));
    }
    const std::string no_base64 =
        wrong_devices(R"([{"deviceId": "d", "primaryKey": "!!!", "secondaryKey": "!!!"}])");
    CHECK_THAT(no_base64, Contains("base64 text of 16 to 64 bytes") && !Contains("!!!"));
    const std::string unused = wrong_devices(
        R"([{"deviceId": "d", "primaryKey": "c2VjcmV0", "authentication": "selfSigned"}])");
    CHECK_THAT(unused, Contains(R"("devices[0].authentication" does not go with keys)"));
    CHECK_THAT(unused, !Contains("c2VjcmV0"));
}

TEST_CASE("policies: those of the file, in its order") {
    std::vector<core::access_policy> read;
    const json document{
        with_keys({{"name", "all"}, {"permissions", {"registryRead", "registryWrite"}}}),
        with_keys({{"name", "tests"}, {"permissions", json::array({"deviceConnect"})}})};
    REQUIRE(app::read_policies(document, read).empty());
    REQUIRE(read.size() == 2);
    CHECK(read[0].name == "all");
    CHECK(read[0].primary_key == key_1);
    CHECK(read[0].secondary_key == key_2);
    CHECK(read[0].grants(core::permission::registry_write));
    CHECK_FALSE(read[0].grants(core::permission::service_connect));
    CHECK(read[1].permissions == static_cast<unsigned>(core::permission::device_connect));
}

TEST_CASE("policies: a wrong document is told with its place") {
    using Catch::Equals;
    const json good = with_keys({{"name", "all"}, {"permissions", json::array({"registryRead"})}});
    const auto with = [&](const char* name, const json& value) {
        json changed = good;
        changed[name] = value;
        return wrong_policies(json::array({changed}));
    };
    const auto without = [&](const char* name) {
        json changed = good;
        changed.erase(name);
        return wrong_policies(json::array({changed}));
    };
    CHECK_THAT(wrong_policies(json::array()),
               Equals(R"("policies" must hold at least one policy)"));
    CHECK_THAT(wrong_policies(json::array({good, good})),
               Equals(R"("policies[1].name" is the name of an earlier policy)"));
    CHECK_THAT(without("name"), Equals(R"("policies[0].name" is missing)"));
    CHECK_THAT(without("secondaryKey"), Equals(R"("policies[0].secondaryKey" is missing)"));
    CHECK_THAT(without("permissions"),
               Equals(R"("policies[0].permissions" must hold at least one permission)"));
    CHECK_THAT(with("name", "a;b"),
               Equals(R"("policies[0].name" must be 1 to 64 characters of A-Z a-z 0-9 - _ .)"));
    CHECK_THAT(with("primaryKey", "c2VjcmV0"),
               Equals(R"("policies[0].primaryKey" must be the base64 text of 16 to 64 bytes)"));
    CHECK_THAT(with("primaryKey", "!!!"),
               Equals(R"("policies[0].primaryKey" must be the base64 text of 16 to 64 bytes)"));
    CHECK_THAT(with("secondaryKey", "!!!"),
               Equals(R"("policies[0].secondaryKey" must be the base64 text of 16 to 64 bytes)"));
    CHECK_THAT(with("permissions", {"registryRead", "all"}),
               Equals(R"("policies[0].permissions[1]" must be one of registryRead, registryWrite, )"
                      "serviceConnect, deviceConnect"));
    CHECK_THAT(with("names", 1),
               Equals(R"(unknown key "policies[0].names"; did you mean "name"?)"));
}
