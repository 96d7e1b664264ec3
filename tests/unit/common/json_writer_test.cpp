#include "common/json_writer.hpp"

#include <limits>

#include "common/json.hpp"
#include "support/catch.hpp"

namespace iothub {

TEST_CASE("objects and arrays nest, with commas between values only", "[json_writer]") {
    json_writer w;
    w.begin_object().key("a").begin_object().end_object();
    w.key("b").begin_array().value(1).begin_array().end_array().value("x").end_array();
    w.member("c", true).member("d", false).end_object();
    CHECK(w.take() == R"({"a":{},"b":[1,[],"x"],"c":true,"d":false})");
}

TEST_CASE("numbers are whole, from the least to the greatest", "[json_writer]") {
    json_writer w;
    w.begin_array();
    w.value(std::numeric_limits<std::int64_t>::min());
    w.value(std::numeric_limits<std::uint64_t>::max());
    w.value(std::int32_t{-1}).value(std::size_t{0}).end_array();
    CHECK(w.take() == "[-9223372036854775808,18446744073709551615,-1,0]");
}

TEST_CASE("what is JSON already stands as it is, and no text is null", "[json_writer]") {
    json_writer w;
    w.begin_object().key("a").raw(R"({"b":1.50})").member("c", std::optional<std::string>());
    w.member("d", std::optional<std::string>("")).end_object();
    CHECK(w.take() == R"({"a":{"b":1.50},"c":null,"d":""})");
}

TEST_CASE("text is written as a JSON document writes it", "[json_writer]") {
    const std::string text =
        GENERATE(std::string(), "plain", "a \"quote\"", "back\\slash", "tab\tand\nline",
                 std::string("nul\0", 4), "\x1f", "\x7f", "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80",
                 "no UTF-8: \xff", "cut \xe2\x82");
    CAPTURE(text);
    json_writer w;
    w.begin_object().member(text, text).end_object();
    CHECK(w.take() == json{{text, text}}.dump(-1, ' ', false, json::error_handler_t::replace));
}

} // namespace iothub
