#include "common/json_text.hpp"

#include "common/json.hpp"
#include "support/catch.hpp"

namespace iothub {

namespace {

std::string read_and_written(std::string_view text) {
    const auto value = parse_json(text);
    CAPTURE(text);
    REQUIRE(value);
    return to_text(*value);
}

std::string fault_of(std::string_view text) {
    const auto value = parse_json(text);
    CAPTURE(text);
    REQUIRE_FALSE(value);
    CHECK(value.error().code == errc::argument_invalid);
    return value.error().message;
}

} // namespace

TEST_CASE("what is compact JSON is written as it was read", "[json_text]") {
    const std::string text =
        GENERATE(R"({})", R"([])", R"(null)", R"("")", R"(true)",
                 R"({"z":1,"a":{"y":[],"b":{}},"m":[1,[2]]})",
                 R"([1,1.0,-1,0,1.5,18446744073709551615,-9223372036854775808])", R"({"":{"":""}})",
                 R"(["\"\\\b\f\n\r\t\u0000\u001f"])", "[\"\xc3\xa9\xf0\x9f\x98\x80\"]");
    CHECK(read_and_written(text) == text);
}

TEST_CASE("white space around JSON is dropped", "[json_text]") {
    CHECK(read_and_written(" \t\r\n{ \"a\" : [ 1 , 2 ] }\n") == R"({"a":[1,2]})");
}

TEST_CASE("of members with one name the last value wins in the first place", "[json_text]") {
    CHECK(read_and_written(R"({"a":1,"b":2,"a":{"c":3},"d":4})") == R"({"a":{"c":3},"b":2,"d":4})");
    CHECK(read_and_written(R"({"a":{"x":1},"a":{"y":2}})") == R"({"a":{"y":2}})");
    CHECK(read_and_written(R"({"a":1,"\u0061":2})") == R"({"a":2})");
}

TEST_CASE("escapes and surrogate pairs are read", "[json_text]") {
    CHECK(read_and_written(R"(["\u00e9\ud83d\ude00\/"])") == "[\"\xc3\xa9\xf0\x9f\x98\x80/\"]");
}

TEST_CASE("a mistake is reported with its line and column", "[json_text]") {
    const auto [text, place] = GENERATE(table<std::string, std::string>({
        {"", "line 1, column 1:"},
        {"x", "line 1, column 1:"},
        {"{\"a\":}", "line 1, column 6:"},
        {"{\"a\":1,\n  \"b\": tru }", "line 2, column 11:"},
        {"[1,\n2,\n\n  3 4]", "line 4, column 5:"},
        {"{\"a\":1", "line 1, column 7:"},
        {"{} x", "line 1, column 4:"},
    }));
    CHECK(fault_of(text).find(" at " + place) != std::string::npos);
}

TEST_CASE("what is not JSON is refused", "[json_text]") {
    const std::string text =
        GENERATE("{", "[", "[1", "{\"a\"", "{\"a\":", "\"a", "}", "]", "[1,]", "{\"a\":1,}",
                 "{a:1}", "{'a':1}", "[1 2]", "{\"a\" 1}", "{1:1}", "nul", "TRUE", "undefined",
                 "01", "+1", ".5", "1.", "1e", "0x1", "--1", "// c\n1", "/* c */ 1", "\"\\x\"",
                 "\"\\u12\"", "\"a\nb\"", "\"a\tb\"");
    CHECK(fault_of(text).find("not well formed") != std::string::npos);
}

TEST_CASE("comments pass where they are allowed, and keep their lines", "[json_text]") {
    const json_limits with_comments{.comments = true};
    CHECK(parse_json("// c\n{\"a\": /* c */ 1} // c", with_comments).value() == json{{"a", 1}});
    CHECK(parse_json("\"/* no comment */\"", with_comments).value() == "/* no comment */");
    CHECK(parse_json("/* c\n\n */ x", with_comments).error().message.find("at line 3, column 5") !=
          std::string::npos);
    CHECK_FALSE(parse_json("/* c", with_comments));
}

TEST_CASE("no text at all is not JSON", "[json_text]") {
    CHECK_FALSE(parse_json(std::string_view()));
}

TEST_CASE("bytes after the document are refused", "[json_text]") {
    const std::string text = GENERATE("{}{}", "1 2", "{},", "null x", "[]]");
    CHECK_FALSE(fault_of(text).empty());
}

TEST_CASE("a NUL does not end the document", "[json_text]") {
    const auto bytes = GENERATE(as<std::string_view>(), std::string_view("{}\0", 3),
                                std::string_view("{}\0x", 4), std::string_view("[1,\0]", 5));
    CHECK(fault_of(bytes).find("a NUL is not allowed") != std::string::npos);
}

TEST_CASE("a byte order mark is refused", "[json_text]") {
    CHECK(fault_of("\xef\xbb\xbf{}").find("line 1, column 1") != std::string::npos);
    CHECK_FALSE(parse_json("\xff\xfe{\0}\0"));
}

TEST_CASE("numbers that are none or too large are refused", "[json_text]") {
    CHECK_FALSE(fault_of("NaN").empty());
    CHECK_FALSE(fault_of("[Infinity]").empty());
    CHECK(fault_of("[1e400]").find("out of range") != std::string::npos);
    CHECK(fault_of("{\"a\":-1e400}").find("out of range") != std::string::npos);
}

TEST_CASE("an integer that 64 bits cannot hold is refused rather than rounded", "[json_text]") {
    CHECK(fault_of("[18446744073709551616]").find("out of range") != std::string::npos);
    CHECK(fault_of("[-9223372036854775809]").find("out of range") != std::string::npos);
    CHECK(fault_of("[123456789012345678901234567890]").find("64 bits") != std::string::npos);
    CHECK(read_and_written("[1e20,123456789012345678901.0]") == "[1e+20,1.2345678901234568e+20]");
}

TEST_CASE("lone surrogates are refused", "[json_text]") {
    const std::string text = GENERATE(R"("\ud800")", R"("\ud800x")", R"("\udc00")",
                                      R"("\ud800\ud800")", R"("\ud800\n")");
    CHECK_FALSE(fault_of(text).empty());
}

TEST_CASE("invalid UTF-8 is refused", "[json_text]") {
    const std::string bytes = GENERATE("\xff", "\xc3", "\x80", "\xc0\xaf", "\xe0\x80\xaf",
                                       "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80");
    CHECK_FALSE(fault_of("[\"" + bytes + "\"]").empty());
    CHECK_FALSE(fault_of("{\"" + bytes + "\":1}").empty());
}

TEST_CASE("the message about a mistake is one line of bounded, printable ASCII", "[json_text]") {
    const std::string text =
        GENERATE(std::string("[\"\xc3(\xff\"]"), std::string("[\"a\nb;c\"]"),
                 "[\"" + std::string(5000, 'x') + "\n\"]", std::string("\x7f\x1b[2J"),
                 "[\"" + std::string(155, 'x') + "\xc3\xa9\n\"]");
    const std::string fault = fault_of(text);
    CHECK(fault.size() < 300);
    for (const char c : fault) {
        CHECK((c >= 0x20 && c < 0x7f && c != ';'));
    }
}

TEST_CASE("what is written replaces invalid UTF-8 rather than failing", "[json_text]") {
    CHECK(to_text(json("a\xff"
                       "b")) == "\"a\xef\xbf\xbd"
                                "b\"");
}

TEST_CASE("a document is written as its own writer would", "[json]") {
    for (const char* text :
         {"null", "true", "-1", "18446744073709551615", "1.0", "1e300", "-0.5", R"("\u00e4\u0000")",
          "[]", "{}", R"([null,{"a":[1,[2,{"b":{}}]],"":false}])", R"({"\"":"\\","\u007f":0})"}) {
        CAPTURE(text);
        const json value = json::parse(text);
        CHECK(to_text(value) == value.dump());
    }
}

} // namespace iothub
