#include "common/json.hpp"
#include "common/json_text.hpp"
#include "support/catch.hpp"

namespace iothub {

namespace {

std::string nested(std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
}

std::string nested_objects(std::size_t depth) {
    std::string text;
    for (std::size_t i = 0; i < depth; ++i) {
        text += "{\"a\":";
    }
    return text + "1" + std::string(depth, '}');
}

std::string array_of(std::size_t values) {
    std::string text = "[0";
    for (std::size_t i = 1; i < values; ++i) {
        text += ",0";
    }
    return text + "]";
}

} // namespace

TEST_CASE("64 levels are read, 65 are refused", "[json_text]") {
    CHECK(parse_json(nested(64)));
    CHECK(parse_json(nested_objects(64)));
    const auto deeper = parse_json(nested(65));
    REQUIRE_FALSE(deeper);
    CHECK(deeper.error().code == errc::argument_invalid);
    CHECK(deeper.error().message == "The JSON nests deeper than 64 levels.");
    CHECK_FALSE(parse_json(nested_objects(65)));
}

TEST_CASE("a bomb of 100,000 levels is refused, closed or not", "[json_text]") {
    CHECK_FALSE(parse_json(nested(100'000)));
    CHECK_FALSE(parse_json(nested_objects(100'000)));
    CHECK_FALSE(parse_json(std::string(100'000, '[')));
}

TEST_CASE("the number of values is limited, containers counted", "[json_text]") {
    CHECK(parse_json(array_of(9), {.depth = 64, .values = 10}));
    const auto more = parse_json(array_of(10), {.depth = 64, .values = 10});
    REQUIRE_FALSE(more);
    CHECK(more.error().message == "The JSON has over 10 values.");
    CHECK(parse_json("[[],[],{}]", {.depth = 64, .values = 4}));
}

TEST_CASE("too many containers are called too many values, not too deep", "[json_text]") {
    const auto more = parse_json("[[],[],{}]", {.depth = 64, .values = 3});
    REQUIRE_FALSE(more);
    CHECK(more.error().message == "The JSON has over 3 values.");
}

TEST_CASE("262,144 values are read where nothing else is said", "[json_text]") {
    CHECK(parse_json(array_of(262'143)));
    CHECK_FALSE(parse_json(array_of(262'144)));
}

TEST_CASE("a flat object of 100,000 members keeps their order", "[json_text]") {
    std::string text = "{";
    for (int i = 0; i < 100'000; ++i) {
        text += (i == 0 ? "\"k" : ",\"k") + std::to_string(i * 7919 % 100'000) + "\":0";
    }
    const auto value = parse_json(text + "}");
    REQUIRE(value);
    CHECK(value->size() == 100'000);
    CHECK(value->items().begin().key() == "k0");
    CHECK(to_text(*value) == text + "}");
}

} // namespace iothub
