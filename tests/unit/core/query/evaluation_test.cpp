#include "support/catch.hpp"
#include "unit/core/query/query_texts.hpp"

namespace iothub::core::query::test {

namespace {

constexpr std::string_view document = R"({
    "deviceId": "d1", "status": "enabled", "nothing": null, "version": 7,
    "tags": {"location": {"region": "US", "floor": 3}, "list": [5, "b", {"c": true}],
             "my key": 1, "group": {"name": "g"}, "on": true, "off": false},
    "properties": {"desired": {"$version": 2, "t": 20.5}}})";

std::string of(std::string_view expression) {
    return value_of(expression, document);
}

bool selected(std::string_view condition) {
    const auto parsed = parse_condition(condition);
    REQUIRE(parsed);
    return selects(parsed->where, json_row(document));
}

} // namespace

TEST_CASE("a path is what stands there, or undefined", "[query]") {
    CHECK(of("deviceId") == R"("d1")");
    CHECK(of("tags.location.floor") == "3");
    CHECK(of("tags.location") == R"({"region":"US","floor":3})");
    CHECK(of("tags.[[my key]]") == "1");
    CHECK(of("tags.list[1]") == R"("b")");
    CHECK(of("tags.list[2].c") == "true");
    CHECK(of("nothing") == "null");
    CHECK(of("tags.location.town") == "undefined");
    CHECK(of("tags.list[3]") == "undefined");
    CHECK(of("deviceId.x") == "undefined");
    CHECK(of("tags.Location") == "undefined");
}

TEST_CASE("literals are what they say", "[query]") {
    CHECK(of("60") == "60");
    CHECK(of("0x10") == "16");
    CHECK(of("-1.5") == "-1.5");
    CHECK(of("'a'") == R"("a")");
    CHECK(of("[1, 'a', tags.on, tags.none, undefined]") == R"([1,"a",true])");
    CHECK(of("[tags, tags.list, [1]]") == "[{},[],[]]"); // nothing equals what is in them
    CHECK(of("null") == "null");
    CHECK(of("undefined") == "undefined");
}

TEST_CASE("numbers are calculated", "[query]") {
    CHECK(of("1 + 2 * 3") == "7.0");
    CHECK(of("7 / 2") == "3.5");
    CHECK(of("7 % 4") == "3.0");
    CHECK(of("-7 % 4") == "-3.0");
    CHECK(of("5 - 7") == "-2.0");
    CHECK(of("- version") == "-7.0");
    CHECK(of("version * 2 = 14") == "true");
    CHECK(of("properties.desired.t + properties.desired.$version") == "22.5");
}

TEST_CASE("what has no number for an answer is undefined", "[query]") {
    for (const std::string_view none :
         {"1 / 0", "0 / 0", "1 % 0", "-1 / 0", "1e308 * 10", "-1e308 - 1e308", "1 + 'a'",
          "'a' + 'b'", "true + 1", "null * 1", "tags.none + 1", "1 - undefined", "[1] + 1",
          "tags + 1", "- 'a'", "- tags.on", "- undefined"}) {
        INFO(none);
        CHECK(of(none) == "undefined");
    }
}

TEST_CASE("texts are joined, and nothing else is", "[query]") {
    CHECK(of("'a' || 'b' || deviceId") == R"("abd1")");
    CHECK(of("'a' || 1") == "undefined");
    CHECK(of("'a' || null") == "undefined");
    CHECK(of("'a' || tags.none") == "undefined");
}

TEST_CASE("numbers compare as numbers", "[query]") {
    CHECK(of("1 = 1.0") == "true");
    CHECK(of("-1 < 18446744073709551615") == "true");
    CHECK(of("18446744073709551615 > -1") == "true");
    CHECK(of("-2 < -1") == "true");
    CHECK(of("9007199254740993 = 9007199254740992") == "false");
    CHECK(of("9007199254740993 > 9007199254740992") == "true");
    CHECK(of("9007199254740991 = 9007199254740991.0") == "true");
    CHECK(of("9007199254740991 < 9007199254740992.0") == "true");
    CHECK(of("0.1 + 0.2 > 0.3") == "true");
    CHECK(of("0 = -0.0") == "true");
    CHECK(of("10 > 9") == "true");
}

TEST_CASE("texts compare by their bytes", "[query]") {
    CHECK(of("'a' < 'b'") == "true");
    CHECK(of("'10' < '9'") == "true");
    CHECK(of("'A' = 'a'") == "false");
    CHECK(of("'Z' < 'a'") == "true");
    CHECK(of("'a' < 'ab'") == "true");
    CHECK(of("'z' < '\xc3\xa9'") == "true");
    CHECK(of("'2024-01-09T10:00:00Z' < '2024-01-10T09:00:00Z'") == "true");
    CHECK(of("'\\u0000' < '\\u0001'") == "true");
}

TEST_CASE("every comparison does what it says", "[query]") {
    const auto row = [](std::string_view sign) {
        const std::string s(sign);
        return of("1 " + s + " 2") + of("2 " + s + " 2") + of("3 " + s + " 2");
    };
    CHECK(row("<") == "truefalsefalse");
    CHECK(row("<=") == "truetruefalse");
    CHECK(row(">") == "falsefalsetrue");
    CHECK(row(">=") == "falsetruetrue");
    CHECK(row("=") == "falsetruefalse");
    CHECK(row("!=") == "truefalsetrue");
    CHECK(row("<>") == "truefalsetrue");
}

TEST_CASE("booleans and null compare with their like", "[query]") {
    CHECK(of("true = true") == "true");
    CHECK(of("false < true") == "true");
    CHECK(of("true != false") == "true");
    CHECK(of("nothing = null") == "true");
    CHECK(of("null != null") == "false");
    CHECK(of("null <= null") == "true");
}

TEST_CASE("a comparison with undefined or between types is undefined", "[query]") {
    for (const std::string_view none :
         {"tags.none = 1", "1 != tags.none", "undefined = undefined", "tags.none = undefined",
          "undefined != null", "1 = '1'", "'1' != 1", "true = 1", "null = 0", "deviceId != null",
          "deviceId < 5", "tags = tags", "tags.list = [5]", "[1] = [1]", "tags != 1",
          "'true' = true"}) {
        INFO(none);
        CHECK(of(none) == "undefined");
    }
}

TEST_CASE("AND and OR know three values", "[query]") {
    CHECK(of("true AND true") == "true");
    CHECK(of("true AND false") == "false");
    CHECK(of("undefined AND false") == "false");
    CHECK(of("false AND undefined") == "false");
    CHECK(of("undefined AND true") == "undefined");
    CHECK(of("true AND undefined") == "undefined");
    CHECK(of("false OR false") == "false");
    CHECK(of("false OR true") == "true");
    CHECK(of("undefined OR true") == "true");
    CHECK(of("true OR undefined") == "true");
    CHECK(of("undefined OR false") == "undefined");
    CHECK(of("false OR undefined OR false") == "undefined");
    CHECK(of("undefined OR false OR true") == "true");
    CHECK(of("undefined AND true AND false") == "false");
}

TEST_CASE("what is no boolean is unknown to AND, OR and NOT", "[query]") {
    CHECK(of("1 AND true") == "undefined");
    CHECK(of("'true' OR false") == "undefined");
    CHECK(of("null OR true") == "true");
    CHECK(of("tags AND false") == "false");
    CHECK(of("NOT true") == "false");
    CHECK(of("NOT false") == "true");
    CHECK(of("NOT undefined") == "undefined");
    CHECK(of("NOT tags.none") == "undefined");
    CHECK(of("NOT 0") == "undefined");
    CHECK(of("NOT null") == "undefined");
    CHECK(of("NOT (tags.none = 1)") == "undefined");
}

TEST_CASE("IN is equality with one of a list", "[query]") {
    CHECK(of("deviceId IN ['d0', 'd1']") == "true");
    CHECK(of("deviceId IN ['d0', 'd2']") == "false");
    CHECK(of("deviceId IN [1, 'd1']") == "true");
    CHECK(of("version IN [7.0]") == "true");
    CHECK(of("deviceId IN [tags.none, deviceId]") == "true");
    CHECK(of("nothing IN [null]") == "true");
    CHECK(of("deviceId IN []") == "false");
}

TEST_CASE("NIN is equality with none of a list", "[query]") {
    CHECK(of("deviceId NIN ['d0', 'd2']") == "true");
    CHECK(of("deviceId NIN ['d0', 'd1']") == "false");
    CHECK(of("deviceId NIN [5, 'd0']") == "true");
    CHECK(of("deviceId NIN []") == "true");
}

TEST_CASE("IN and NIN are undefined where nothing can be compared", "[query]") {
    for (const std::string_view none :
         {"tags.none IN ['a']", "tags.none NIN ['a']", "tags.none NIN []", "deviceId IN [1, true]",
          "deviceId NIN [1, true]", "tags NIN [1]", "deviceId NIN [tags.none]"}) {
        INFO(none);
        CHECK(of(none) == "undefined");
    }
}

TEST_CASE("?? takes the other side for undefined, not for null", "[query]") {
    CHECK(of("tags.none ?? 'x'") == R"("x")");
    CHECK(of("deviceId ?? 'x'") == R"("d1")");
    CHECK(of("nothing ?? 'x'") == "null");
    CHECK(of("tags.none ?? tags.no ?? 3") == "3");
    CHECK(of("tags.none ?? tags.no") == "undefined");
    CHECK(of("(tags.none ?? 5) = 5") == "true");
}

TEST_CASE("only true selects a row", "[query]") {
    CHECK(selected("true"));
    CHECK(selected("tags.on"));
    CHECK(selected("*"));
    for (const std::string_view none : {"false", "tags.off", "null", "nothing", "undefined", "1",
                                        "'true'", "tags", "tags.list", "tags.none", "[true]"}) {
        INFO(none);
        CHECK_FALSE(selected(none));
    }
}

TEST_CASE("conditions as they are written", "[query]") {
    CHECK(selected("tags.location.region = 'US' AND properties.desired.t >= 20"));
    CHECK(selected("status = 'enabled'"));
    CHECK_FALSE(selected("status = 'Enabled'"));
    CHECK(selected("properties.desired.$version = 2"));
    CHECK(selected("NOT (tags.location.floor IN [1, 2]) AND is_defined(tags.[[group]].name)"));
    CHECK_FALSE(selected("NOT IS_DEFINED(tags.group)"));
    CHECK_FALSE(selected("tags.none != 'x'"));
}

TEST_CASE("a tree as deep as it may be is evaluated", "[query]") {
    CHECK(of("1" + repeated(" + 1", 199)) == "200.0");
    CHECK(of(repeated("NOT ", 199) + "tags.off") == "true");
    CHECK(of(repeated("(", 199) + "1" + repeated(")", 199)) == "1");
}

} // namespace iothub::core::query::test
