#include "support/catch.hpp"
#include "unit/core/query/query_texts.hpp"
#include "unit/core/query/tree_text.hpp"

namespace iothub::core::query::test {

namespace {

condition parsed(std::string_view text) {
    const auto read = parse_condition(text);
    REQUIRE(read);
    return *read;
}

} // namespace

TEST_CASE("* is a condition that selects every device", "[query]") {
    for (const std::string_view all : {"*", " * ", "FROM devices", "from Devices"}) {
        INFO(all);
        const auto c = parsed(all);
        CHECK(c.from == collection::devices);
        CHECK(c.where == nullptr);
    }
}

TEST_CASE("an expression alone is about devices", "[query]") {
    const auto c = parsed("tags.building = '43' and devices.deviceId != 'd'");
    CHECK(c.from == collection::devices);
    CHECK(tree_text::of(c.where) == "((tags/building = \"43\") AND (deviceId != \"d\"))");
}

TEST_CASE("a condition may say what it is about", "[query]") {
    const auto modules = parsed("from devices.modules where devices.modules.moduleId = 'm'");
    CHECK(modules.from == collection::modules);
    CHECK(tree_text::of(modules.where) == "(moduleId = \"m\")");
    CHECK(parsed("FROM devices.modules").from == collection::modules);
    const auto devices = parsed("FROM devices WHERE tags.a = 1");
    CHECK(devices.from == collection::devices);
    CHECK(tree_text::of(devices.where) == "(tags/a = 1)");
}

TEST_CASE("the conditions of the tools are read", "[query]") {
    for (const std::string_view text :
         {"tags.environment='test'", "deviceId IN ['MyDevice1', 'MyDevice2']",
          "tags.building=9 and tags.environment='test'",
          "from devices.modules where tags.building=9",
          "properties.reported.firmware.version < '2'",
          "capabilities.iotEdge=true and tags.env = \"x\"",
          "FROM devices.modules WHERE moduleId = '$edgeHub'"}) {
        INFO(text);
        CHECK(mistake_in_condition(text).empty());
    }
}

TEST_CASE("a condition that is none is refused", "[query]") {
    CHECK(mistake_in_condition("") == "The query is empty.");
    CHECK(mistake_in_condition("  ") == "The query is empty.");
    CHECK(mistake_in_condition("* *") == "Expected nothing behind * at character 3, near '*'.");
    CHECK(mistake_in_condition("* AND a") == "Expected nothing behind * at character 3, near "
                                             "'AND'.");
    CHECK(mistake_in_condition("SELECT * FROM devices") ==
          "A condition has no SELECT, it begins with FROM or is an expression, at character 1, "
          "near 'SELECT'.");
    CHECK(mistake_in_condition("WHERE a = 1") == "Expected a value at character 1, near 'WHERE'.");
    CHECK(mistake_in_condition("FROM devices.jobs WHERE a = 1") ==
          "A condition is about devices or devices.modules, not jobs, at character 6, near "
          "'devices'.");
    CHECK(mistake_in_condition("FROM twins WHERE a = 1") ==
          "Unknown collection, none of devices, devices.modules and devices.jobs, at character 6, "
          "near 'twins'.");
    CHECK(mistake_in_condition("FROM devices WHERE") ==
          "Expected a value at character 19, where the text ends.");
    CHECK(mistake_in_condition("FROM devices WHERE *") ==
          "Expected a value at character 20, near '*'.");
    CHECK(mistake_in_condition("FROM devices a = 1") ==
          "Expected WHERE or the end at character 14, near 'a'.");
    CHECK(mistake_in_condition("a = 1 GROUP BY b") ==
          "Expected an operator or the end at character 7, near 'GROUP'.");
    CHECK(mistake_in_condition("FROM devices WHERE a = 1 GROUP BY b") ==
          "Expected an operator or the end at character 26, near 'GROUP'.");
    CHECK(mistake_in_condition("a = 1 ORDER BY b") ==
          "ORDER BY is not part of the query language at character 7, near 'ORDER'.");
}

} // namespace iothub::core::query::test
