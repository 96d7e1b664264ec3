#include "common/percent_encoding.hpp"

#include "support/catch.hpp"

namespace iothub {

TEST_CASE("percent encoding leaves unreserved characters as they are", "[percent_encoding]") {
    const std::string unreserved =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";
    CHECK(percent_encode(unreserved) == unreserved);
}

TEST_CASE("percent encoding writes everything else with upper-case digits", "[percent_encoding]") {
    CHECK(percent_encode("$.mid") == "%24.mid");
    CHECK(percent_encode("a b+c/d&e=f") == "a%20b%2Bc%2Fd%26e%3Df");
    CHECK(percent_encode("\xc3\xa9") == "%C3%A9");
    CHECK(percent_encode(std::string_view("\0\x7f\xff", 3)) == "%00%7F%FF");
}

TEST_CASE("percent decoding takes upper and lower case and leaves + alone", "[percent_encoding]") {
    CHECK(percent_decode("%2F%2f") == "//");
    CHECK(percent_decode("a+b%20c") == "a+b c");
    CHECK(percent_decode("") == "");
    CHECK(percent_decode("%00") == std::string(1, '\0'));
}

TEST_CASE("percent decoding decodes once", "[percent_encoding]") {
    CHECK(percent_decode("%252F") == "%2F");
    CHECK(percent_decode_leniently("%252F") == "%2F");
}

TEST_CASE("strict percent decoding refuses a malformed %, lenient decoding keeps it",
          "[percent_encoding]") {
    const std::string text = GENERATE("%", "a%", "%2", "a%2", "%zz", "%2g", "% 2", "%%41x", "%+1");
    CAPTURE(text);
    CHECK_FALSE(percent_decode(text));
    CHECK(percent_decode_leniently("%41" + text) ==
          "A" + (text == "%%41x" ? std::string("%Ax") : text));
}

TEST_CASE("percent decoding undoes encoding for every byte", "[percent_encoding]") {
    std::string bytes;
    for (int i = 0; i < 256; ++i) {
        bytes += static_cast<char>(i);
    }
    CHECK(percent_decode(percent_encode(bytes)) == bytes);
    CHECK(percent_decode_leniently(percent_encode(bytes)) == bytes);
}

} // namespace iothub
