// Each rule of service API §3.5 at its limit and one beyond.
#include "emulator/core/twins/twin_validation.hpp"

#include "common/json.hpp"
#include "support/catch.hpp"

namespace iothub::core {

namespace {

bool allowed(const json& section) {
    const auto checked = validate_section("properties.desired", section);
    if (!checked) {
        CHECK(checked.error().code == errc::argument_invalid);
        CHECK(checked.error().message.find("properties.desired") != std::string::npos);
    }
    return checked.has_value();
}

bool allows_key(const std::string& key) {
    json section = json::object();
    section[key] = 1;
    return allowed(section);
}

bool allows(const char* value) {
    return allowed(json{{"k", json::parse(value)}});
}

std::string objects(int depth, const std::string& innermost) {
    std::string text;
    for (int i = 0; i < depth; ++i) {
        text += "{\"k\":";
    }
    return text + innermost + std::string(static_cast<std::size_t>(depth), '}');
}

} // namespace

TEST_CASE("a section is an object", "[twins]") {
    CHECK(allowed(json::object()));
    for (const char* other : {"[]", "null", "1", "\"x\"", "true"}) {
        CHECK_FALSE(allowed(json::parse(other)));
    }
}

TEST_CASE("a key of 1024 bytes is allowed, of 1025 not", "[twins]") {
    CHECK(allows_key(std::string(1024, 'k')));
    CHECK_FALSE(allows_key(std::string(1025, 'k')));
    std::string wide;
    for (int i = 0; i < 512; ++i) {
        wide += "\xc3\xa9";
    }
    CHECK(allows_key(wide));
    CHECK_FALSE(allows_key(wide + "k"));
}

TEST_CASE("an empty key and one beyond ASCII are allowed", "[twins]") {
    CHECK(allows_key(""));
    CHECK(allows_key("Temp\xc3\xa9\xe2\x82\xac"));
    CHECK(allows_key("a-b_c/d\\e\"f'g[0]{}:;,@!%&*()+=~`^|<>?"));
}

TEST_CASE("a key has no dot, dollar, number sign, white space or control character", "[twins]") {
    const std::string bad =
        GENERATE(".", "$", "#", " ", "\t", "\n", "\r", "\v", "\f", "\x01", "\x1f", "\x7f",
                 "\xc2\x80", "\xc2\x85", "\xc2\x9f", "\xc2\xa0", "\xe1\x9a\x80", "\xe2\x80\x83",
                 "\xe2\x80\xa8", "\xe2\x80\xaf", "\xe3\x80\x80");
    CAPTURE(bad);
    CHECK_FALSE(allows_key(bad));
    CHECK_FALSE(allows_key("a" + bad + "b"));
}

TEST_CASE("a key is checked at every depth and inside arrays", "[twins]") {
    CHECK_FALSE(allows(R"({"a":{"b.c":1}})"));
    CHECK_FALSE(allows(R"([{"b.c":1}])"));
    CHECK_FALSE(allows(R"([[{"$version":1}]])"));
    CHECK_FALSE(allows(R"({"$version":1})"));
}

TEST_CASE("a string of 4096 bytes is allowed, of 4097 not, in arrays too", "[twins]") {
    const std::string limit(4096, 's');
    CHECK(allowed(json{{"k", limit}}));
    CHECK_FALSE(allowed(json{{"k", limit + "s"}}));
    CHECK(allowed(json{{"k", json::array({limit})}}));
    CHECK_FALSE(allowed(json{{"k", json::array({limit + "s"})}}));
}

TEST_CASE("an integer has 53 bits, sign included", "[twins]") {
    CHECK(allows("4503599627370495"));
    CHECK(allows("-4503599627370496"));
    CHECK_FALSE(allows("4503599627370496"));
    CHECK_FALSE(allows("-4503599627370497"));
    CHECK_FALSE(allows("18446744073709551615"));
    CHECK_FALSE(allows("-9223372036854775808"));
    CHECK_FALSE(allows("[4503599627370496]"));
    CHECK_FALSE(allowed(json{{"k", std::int64_t{4503599627370496}}}));
}

TEST_CASE("other numbers, booleans and nulls are allowed", "[twins]") {
    for (const char* value :
         {"1.5", "-1e300", "4503599627370496.0", "0", "true", "false", "null"}) {
        CAPTURE(value);
        CHECK(allows(value));
    }
}

TEST_CASE("a scalar may sit in the tenth object, an eleventh is too deep", "[twins]") {
    CHECK(allows(objects(10, "1").c_str()));
    CHECK(allows(objects(10, "null").c_str()));
    CHECK_FALSE(allows(objects(10, "{}").c_str()));
    CHECK_FALSE(allows(objects(11, "1").c_str()));
}

TEST_CASE("an array counts as one level", "[twins]") {
    CHECK(allows(objects(9, "[1]").c_str()));
    CHECK_FALSE(allows(objects(10, "[]").c_str()));
    CHECK(allows("[[[[[[[[[[1]]]]]]]]]]"));
    CHECK_FALSE(allows("[[[[[[[[[[[]]]]]]]]]]]"));
}

TEST_CASE("null does not stand in an array, nor in an object in an array", "[twins]") {
    CHECK_FALSE(allows("[null]"));
    CHECK_FALSE(allows("[1,[2,null]]"));
    CHECK_FALSE(allows(R"([{"a":null}])"));
    CHECK_FALSE(allows(R"({"a":[{"b":{"c":null}}]})"));
    CHECK(allows(R"({"list":[1],"gone":null})"));
}

TEST_CASE("a section names 16384 members, removals included, and not one more", "[twins]") {
    json section = json::object();
    for (int i = 0; i < 16'384; ++i) {
        section.push_back({std::to_string(i), nullptr});
    }
    CHECK(allowed(section));
    section["inner"]["one"] = nullptr;
    CHECK_FALSE(allowed(section));
}

TEST_CASE("the message names the place, and stays short and printable", "[twins]") {
    const auto message = [](const json& section) {
        return validate_section("tags", section).error().message;
    };
    CHECK(message(json::parse(R"({"a":{"b":[4503599627370496]}})")).starts_with("tags.a.b "));
    std::string name; // 300 characters of three bytes
    for (int i = 0; i < 300; ++i) {
        name += "\xe2\x82\xac";
    }
    json deep = 4503599627370496;
    for (int i = 0; i < 5; ++i) {
        deep = json{{name, deep}};
    }
    const std::string text = message(deep);
    CHECK(text.starts_with("tags."));
    CHECK(text.size() < 400);
    CHECK_NOTHROW(json(text).dump()); // valid UTF-8, though it was cut
    CHECK(message(json{{"a\n;b", 1}}).find_first_of("\n;") == std::string::npos);
}

} // namespace iothub::core
