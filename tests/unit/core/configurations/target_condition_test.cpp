#include "emulator/core/configurations/target_condition.hpp"

#include "common/json.hpp"
#include "support/catch.hpp"

namespace iothub::core {

namespace {

errc refusal(std::string_view text, content_kind kind) {
    const auto read = read_target_condition(text, kind);
    INFO(text);
    REQUIRE_FALSE(read);
    CHECK_FALSE(read.error().message.empty());
    return read.error().code;
}

configuration about(std::string condition) {
    configuration c;
    c.id = "c1";
    c.target_condition = std::move(condition);
    return c;
}

} // namespace

TEST_CASE("an empty condition means nobody, a star everybody", "[configurations]") {
    CHECK_FALSE(read_target_condition("", content_kind::device).value());
    CHECK_FALSE(read_target_condition(" \n ", content_kind::module).value());
    const auto all = read_target_condition(" * ", content_kind::deployment).value();
    REQUIRE(all);
    CHECK(all->where == nullptr);
}

TEST_CASE("conditions look at ids, tags and reported properties", "[configurations]") {
    const char* text = GENERATE(
        "deviceId = 'd'", "DeviceID IN ['a','b']", "tags.a.b = 1", "is_defined(tags.a)",
        "properties.reported.x.y > 5 AND NOT tags.b = 'x' OR deviceId != 'd'",
        "STARTSWITH(deviceId, 'a')", "devices.deviceId = 'd'", "properties.reported.a + 1 = 2");
    INFO(text);
    CHECK(read_target_condition(text, content_kind::device));
    CHECK(read_target_condition(text, content_kind::deployment));
}

TEST_CASE("conditions that look at anything else are refused", "[configurations]") {
    const char* text = GENERATE(
        "status = 'enabled'", "properties.desired.a = 1", "connectionState = 'Connected'",
        "tags.a = 1 AND capabilities.iotEdge = true", "deviceId.x = 1", "moduleId = 'm'",
        "configurations.[[c]].status = 'Applied'", "NOT is_defined(etag)",
        "lastActivityTime IN ['a']", "deviceId IN [status]", "properties = 1", "-version = 1");
    CHECK(refusal(text, content_kind::device) == errc::invalid_configuration_target_condition);
}

TEST_CASE("conditions that are none are refused", "[configurations]") {
    const char* text = GENERATE("tags.a =", "SELECT * FROM devices", "tags.a = 'x", "* AND *",
                                "FROM devices.modules WHERE tags.a = 1", "WHERE tags.a = 1");
    CHECK(refusal(text, content_kind::device) == errc::invalid_configuration_target_condition);
}

TEST_CASE("moduleContent has a condition about modules", "[configurations]") {
    CHECK(read_target_condition("from devices.modules where tags.a = 1 and moduleId = 'm'",
                                content_kind::module));
    const char* text = GENERATE("*", "tags.a = 1", "from devices where tags.a = 1",
                                "from devices.modules where status = 'enabled'");
    CHECK(refusal(text, content_kind::module) == errc::invalid_configuration_target_condition);
}

TEST_CASE("the hub's own queries for a device configuration", "[configurations]") {
    const auto queries = [](std::string condition) {
        return system_queries(about(std::move(condition)), content_kind::device).dump();
    };
    const std::string applied =
        R"("appliedCount":"select deviceId from devices where configurations.[[c1]].status = )"
        R"('Applied'"})";
    CHECK(queries("*") == R"({"targetedCount":"select deviceId from devices",)" + applied);
    CHECK(queries("tags.a = 1") ==
          R"({"targetedCount":"select deviceId from devices where tags.a = 1",)" + applied);
    CHECK(queries("") == R"({"targetedCount":"",)" + applied);
}

TEST_CASE("the hub's own queries for a deployment and for modules", "[configurations]") {
    const json d = system_queries(about("tags.a = 1"), content_kind::deployment);
    CHECK(d["targetedCount"] ==
          "select deviceId from devices where capabilities.iotEdge = true and tags.a = 1");
    CHECK(d["reportedFailedCount"] ==
          "select deviceId from devices.modules where moduleId = '$edgeAgent' and "
          "configurations.[[c1]].status = 'Applied' and properties.desired.$version = "
          "properties.reported.lastDesiredVersion and "
          "properties.reported.lastDesiredStatus.code != 200");
    CHECK(d.size() == 4);
    CHECK(system_queries(about("tags.a = 1 or tags.b = 2"),
                         content_kind::deployment)["targetedCount"] ==
          "select deviceId from devices where capabilities.iotEdge = true "
          "and (tags.a = 1 or tags.b = 2)");
    CHECK(system_queries(about("*"), content_kind::deployment)["targetedCount"] ==
          "select deviceId from devices where capabilities.iotEdge = true");

    const json m =
        system_queries(about("from devices.modules where tags.a = 1"), content_kind::module);
    CHECK(m["targetedCount"] == "select deviceId, moduleId from devices.modules where tags.a = 1");
}

TEST_CASE("every query that the hub shows can be asked", "[configurations]") {
    const auto kind = GENERATE(content_kind::device, content_kind::deployment);
    const auto condition = GENERATE(as<std::string>{}, "*", "tags.a = 1 or deviceId = 'x'");
    configuration c = about(condition);
    c.id = "a-b+c%d_e*f!g'0";
    const json queries = system_queries(c, kind);
    for (const auto& [name, text] : queries.items()) {
        INFO(text);
        CHECK(query::parse_statement(text.get_ref<const std::string&>()));
    }
}

TEST_CASE("metrics count devices or modules", "[configurations]") {
    CHECK(read_metric_query("SELECT deviceId FROM devices WHERE tags.a = 1"));
    CHECK(read_metric_query("SELECT * FROM devices.modules"));
    const char* text = GENERATE("", "SELECT", "tags.a = 1", "SELECT * FROM devices.jobs");
    const auto refused = read_metric_query(text);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::invalid_configuration_custom_metrics_query);
}

} // namespace iothub::core
