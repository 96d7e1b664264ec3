#include <iothub/json_value.hpp>
#include <nlohmann/json.hpp>

#include "support/catch.hpp"

using iothub::json;
using iothub::json_value;

TEST_CASE("a value that was never set is null") {
    CHECK(json_value().is_null());
    CHECK((*json_value()).is_null());
}

TEST_CASE("a value keeps what it was set to, also after it moved on") {
    json_value value = json{{"b", 1}, {"a", 2}};
    const json_value copy = value;
    value = json::array({7});
    CHECK(copy->dump() == R"({"b":1,"a":2})");
    CHECK((*value).dump() == "[7]");
    CHECK_FALSE(value.is_null());
}

TEST_CASE("a value comes from the usual JSON type too") {
    const nlohmann::json sorted = {{"a", {1, 2}}};
    const json_value value = sorted;
    CHECK(value->dump() == R"({"a":[1,2]})");
}

TEST_CASE("braces alone, which would lose a level, are no value") {
    CHECK_FALSE(std::is_convertible_v<std::initializer_list<json>, json_value>);
    CHECK_FALSE(std::is_convertible_v<int, json_value>);
}
