#include "support/catch.hpp"
#include "unit/core/query/query_texts.hpp"
#include "unit/core/query/tree_text.hpp"

namespace iothub::core::query::test {

namespace {

statement parsed(std::string_view query) {
    const auto read = parse_statement(query);
    REQUIRE(read);
    return *read;
}

path path_of(std::vector<std::string> segments) {
    return path{std::move(segments)};
}

} // namespace

TEST_CASE("the queries of the tools are read", "[query]") {
    for (const std::string_view query : {
             "select * from devices where capabilities.iotEdge = true",
             "SELECT deviceId, deviceScope FROM devices",
             "select deviceId from devices.modules where moduleId = '$edgeAgent' and "
             "configurations.[[c12]].status = 'Applied' and properties.desired.$version = "
             "properties.reported.lastDesiredVersion and "
             "properties.reported.lastDesiredStatus.code = 200",
             "select * from devices.modules where devices.deviceId='d'",
             "SELECT * FROM devices WHERE tags.location.region = 'US' AND "
             "properties.reported.telemetryConfig.sendFrequencyInSecs >= 60",
             "SELECT * FROM devices WHERE properties.reported.connectivity IN ['wired','wifi']",
             "SELECT properties.reported.telemetryConfig.status AS status, COUNT() AS "
             "numberOfDevices FROM devices GROUP BY properties.reported.telemetryConfig.status",
             "SELECT COUNT() AS n FROM devices",
             "SELECT * FROM devices.jobs WHERE devices.jobs.jobId = 'j'",
             "SELECT deviceId as DeviceId, status as Status, lastActivityTime as "
             "LastActivityTime, statusUpdatedTime as StatusUpdatedTime, authenticationType as "
             "AuthenticationType, cloudToDeviceMessageCount as CloudToDeviceMessageCount, "
             "deviceScope as DeviceScope FROM devices",
             "SELECT deviceId as DeviceId FROM devices WHERE STARTSWITH(devices.deviceId, 'x')",
             "SELECT TOP 10 * FROM devices WHERE ARRAY_CONTAINS(parentScopes, 'ms-azure-iot')",
             "SELECT * FROM devices WHERE tags.[[group]].name = \"a\" /* of all */",
             "SELECT * FROM devices WHERE is_defined(properties.reported.connectivity)",
         }) {
        INFO(query);
        CHECK(mistake_in(query).empty());
    }
}

TEST_CASE("keywords come in any case", "[query]") {
    const auto s = parsed("sElEcT ToP 3 a aS b fRoM Devices.Modules wHeRe true");
    CHECK(s.top == 3U);
    CHECK(s.columns.at(0).name == "b");
    CHECK(s.from == collection::modules);
    CHECK(s.where != nullptr);
}

TEST_CASE("SELECT * has no columns", "[query]") {
    const auto s = parsed("SELECT * FROM devices");
    CHECK(s.columns.empty());
    CHECK(s.from == collection::devices);
    CHECK(s.where == nullptr);
    CHECK(s.group_by.empty());
    CHECK_FALSE(s.top);
    CHECK_FALSE(s.has_aggregate());
}

TEST_CASE("a column is named by its alias, or by the end of its path", "[query]") {
    const auto s = parsed("SELECT deviceId, tags.a.b AS x, tags.c y, tags.[[my key]], "
                          "tags.d [[his key]], tags.e AS [[her key]], tags.list[3] FROM devices");
    const std::vector<std::string> names{"deviceId", "x", "y", "my key", "his key", "her key", "3"};
    REQUIRE(s.columns.size() == names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
        CHECK(s.columns[i].name == names[i]);
    }
    CHECK(s.columns[1].path == path_of({"tags", "a", "b"}));
    CHECK(s.columns[6].path == path_of({"tags", "list", "3"}));
    CHECK_FALSE(s.columns[0].aggregate);
}

TEST_CASE("an aggregate is named by its alias, or by its text", "[query]") {
    const auto s = parsed("SELECT COUNT(), count( ) AS n, avg( tags.a ), Sum(tags.a) total, "
                          "MIN(tags.a), MAX(tags.a), COUNT(tags.a) FROM devices");
    REQUIRE(s.columns.size() == 7);
    const auto check = [&](std::size_t at, aggregate how, std::string_view name) {
        CHECK(s.columns.at(at).aggregate == how);
        CHECK(s.columns.at(at).name == name);
    };
    check(0, aggregate::count, "COUNT()");
    check(1, aggregate::count, "n");
    check(2, aggregate::average, "avg( tags.a )");
    check(3, aggregate::sum, "total");
    check(4, aggregate::minimum, "MIN(tags.a)");
    check(5, aggregate::maximum, "MAX(tags.a)");
    check(6, aggregate::count, "COUNT(tags.a)");
    CHECK_FALSE(s.columns[0].path);
    CHECK(s.columns[6].path == path_of({"tags", "a"}));
    CHECK(s.has_aggregate());
}

TEST_CASE("names of aggregates and functions are names where no parenthesis follows", "[query]") {
    const auto s = parsed("SELECT count, max.length AS min FROM devices WHERE count = length");
    CHECK(s.columns.at(0).path == path_of({"count"}));
    CHECK(s.columns.at(1).path == path_of({"max", "length"}));
    CHECK(s.columns.at(1).name == "min");
    CHECK_FALSE(s.has_aggregate());
}

TEST_CASE("paths everywhere are without the collection", "[query]") {
    const auto s = parsed("SELECT devices.tags.a, COUNT(devices.b) FROM devices "
                          "WHERE devices.c = 1 GROUP BY devices.tags.a");
    CHECK(s.columns.at(0).path == path_of({"tags", "a"}));
    CHECK(s.columns.at(1).path == path_of({"b"}));
    CHECK(s.columns.at(1).name == "COUNT(devices.b)");
    CHECK(tree_text::of(s.where) == "(c = 1)");
    CHECK(s.group_by == std::vector{path_of({"tags", "a"})});

    const auto modules = parsed("SELECT devices.deviceId, devices.modules.moduleId FROM "
                                "devices.modules");
    CHECK(modules.columns.at(0).path == path_of({"deviceId"}));
    CHECK(modules.columns.at(1).path == path_of({"moduleId"}));

    const auto jobs = parsed("SELECT * FROM devices.jobs WHERE devices.jobs.jobId = devices.x");
    CHECK(jobs.from == collection::jobs);
    CHECK(tree_text::of(jobs.where) == "(jobId = x)");
}

TEST_CASE("GROUP BY takes several paths", "[query]") {
    const auto s = parsed("SELECT tags.a, tags.b x, COUNT() FROM devices GROUP BY tags.a, tags.b");
    CHECK(s.group_by == std::vector{path_of({"tags", "a"}), path_of({"tags", "b"})});
    CHECK(parsed("SELECT tags.a FROM devices GROUP BY tags.a").group_by.size() == 1);
    CHECK(parsed("SELECT COUNT() FROM devices GROUP BY tags.a").group_by.size() == 1);
    CHECK(mistake_in("SELECT Status, COUNT() FROM devices GROUP BY devices.status").empty());
    CHECK(mistake_in("SELECT TAGS.a FROM devices GROUP BY tags.a").empty());
    CHECK(mistake_in("SELECT Properties.Reported.a FROM devices GROUP BY properties.reported.a")
              .empty());
    for (const char* other : {"tags.A", "properties.reported.A", "tags", "tags.a.b"}) {
        INFO(other);
        CHECK(mistake_in(std::string("SELECT ") + other +
                         " FROM devices GROUP BY tags.a, properties.reported.a") ==
              "A column is neither grouped by nor an aggregate at character 8, near '" +
                  std::string(other).substr(0, std::string(other).find('.')) + "'.");
    }
}

TEST_CASE("TOP has bounds", "[query]") {
    CHECK(parsed("SELECT TOP 1 * FROM devices").top == 1U);
    CHECK(parsed("SELECT TOP 2147483647 deviceId FROM devices").top == 2'147'483'647U);
    const std::string wanted = "Expected a whole number from 1 to 2147483647 behind TOP ";
    CHECK(mistake_in("SELECT TOP 0 * FROM devices") == wanted + "at character 12, near '0'.");
    CHECK(mistake_in("SELECT TOP 2147483648 * FROM devices") ==
          wanted + "at character 12, near '2147483648'.");
    CHECK(mistake_in("SELECT TOP 1.5 * FROM devices") == wanted + "at character 12, near '1.5'.");
    CHECK(mistake_in("SELECT TOP -1 * FROM devices") == wanted + "at character 12, near '-'.");
    CHECK(mistake_in("SELECT TOP '1' * FROM devices") == wanted + "at character 12, near ''1''.");
    CHECK(mistake_in("SELECT TOP * FROM devices") == wanted + "at character 12, near '*'.");
    CHECK(mistake_in("SELECT TOP") == wanted + "at character 11, where the text ends.");
    CHECK(mistake_in("SELECT TOP 1") == "Expected a path at character 13, where the text ends.");
}

} // namespace iothub::core::query::test
