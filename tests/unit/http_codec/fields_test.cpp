#include "emulator/http_codec/fields.hpp"

#include "support/catch.hpp"

using namespace iothub::http_codec;

TEST_CASE("fields: names are found in any case, and the first value wins") {
    const fields headers{{"If-Match", "\"a\""}, {"x-ms-a", "1"}, {"IF-MATCH", "\"b\""}};
    REQUIRE(headers.find("if-match") != nullptr);
    CHECK(*headers.find("if-match") == "\"a\"");
    CHECK(headers.count("If-match") == 2);
    CHECK(headers.find("If-Matc") == nullptr);
    CHECK(headers.count("Host") == 0);
}

TEST_CASE("fields: white space around a value is spaces and tabs") {
    CHECK(trimmed(" \t a b\t ") == "a b");
    CHECK(trimmed(" \t ").empty());
    CHECK(trimmed("").empty());
}
