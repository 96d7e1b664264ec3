#include "emulator/core/configurations/property_path.hpp"

#include "common/json.hpp"
#include "common/json_merge_patch.hpp"
#include "support/catch.hpp"

namespace iothub::core {

TEST_CASE("a key of a content names a place below the desired properties", "[configurations]") {
    CHECK(parse_property_path("properties.desired") == property_path{});
    CHECK(parse_property_path("properties.desired.a") == property_path{"a"});
    CHECK(parse_property_path("properties.desired.modules.my mod.x") ==
          property_path{"modules", "my mod", "x"});
}

TEST_CASE("a key that names no desired property is none", "[configurations]") {
    const char* key =
        GENERATE("", "properties", "properties.reported.a", "tags.a", "properties.desiredx",
                 "properties.desired.", "properties.desired..a", "properties.desired.a.",
                 "properties.desired.a..b", "desired.a");
    INFO(key);
    CHECK_FALSE(parse_property_path(key));
}

TEST_CASE("a path covers itself and what is below it", "[configurations]") {
    CHECK(covers({}, {"a"}));
    CHECK(covers({"a"}, {"a"}));
    CHECK(covers({"a"}, {"a", "b"}));
    CHECK_FALSE(covers({"a", "b"}, {"a"}));
    CHECK_FALSE(covers({"a"}, {"b", "a"}));
}

TEST_CASE("putting replaces what is at the path, and nothing else", "[configurations]") {
    const auto put = [](const char* values, const property_path& where, const char* value) {
        json v = json::parse(values);
        put_at(v, where, json::parse(value));
        return v.dump();
    };
    CHECK(put(R"({"a":{"x":1},"b":2})", {"a"}, R"({"y":2})") == R"({"a":{"y":2},"b":2})");
    CHECK(put(R"({})", {"a", "b"}, "1") == R"({"a":{"b":1}})");
    CHECK(put(R"({"a":5})", {"a", "b"}, "1") == R"({"a":{"b":1}})");
    CHECK(put(R"({"a":{"b":1,"c":2}})", {"a", "b"}, "null") == R"({"a":{"c":2}})");
    CHECK(put(R"({"a":1})", {"x", "y"}, "null") == R"({"a":1})");
    CHECK(put(R"({"a":1})", {"a", "y"}, "null") == R"({"a":1})");
    CHECK(put(R"({"a":1})", {}, R"({"b":{"c":null,"d":1}})") == R"({"b":{"d":1}})");
    CHECK(put(R"({"a":1})", {"a"}, "[1,{}]") == R"({"a":[1,{}]})");
}

TEST_CASE("erasing at the root leaves nothing", "[configurations]") {
    json values = {{"a", 1}};
    erase_at(values, {});
    CHECK(values.dump() == "{}");
}

TEST_CASE("a difference is the merge patch that leads there", "[configurations]") {
    const auto from = GENERATE(as<std::string>{}, "{}", R"({"a":1,"b":{"c":2,"d":[1,2]}})",
                               R"({"b":5})", R"({"b":{"c":{"x":1}}})");
    const auto to = GENERATE(as<std::string>{}, "{}", R"({"a":2})", R"({"b":{"c":2}})",
                             R"({"b":{"c":{"y":1},"d":[2]}})", R"({"b":{}})", R"({"b":"x"})");
    json values = json::parse(from);
    merge_patch(values, difference(values, json::parse(to)));
    INFO(from << " -> " << to);
    CHECK(values == json::parse(to));
}

TEST_CASE("a difference says no more than what differs", "[configurations]") {
    const auto patch = [](const char* from, const char* to) {
        return difference(json::parse(from), json::parse(to)).dump();
    };
    CHECK(patch(R"({"a":1,"b":{"c":2}})", R"({"b":{"c":2},"a":1})") == "{}");
    CHECK(patch(R"({"a":1,"b":{"c":2,"d":3}})", R"({"a":1,"b":{"c":4,"d":3}})") ==
          R"({"b":{"c":4}})");
    CHECK(patch(R"({"a":1,"b":2})", R"({"b":2})") == R"({"a":null})");
}

} // namespace iothub::core
