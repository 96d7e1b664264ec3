#include "emulator/core/query/syntax/lexer.hpp"

#include <string>

#include "support/catch.hpp"

namespace iothub::core::query {

namespace {

// Each token as its kind's first letter and its text, or its value.
std::string tokens_of(std::string_view text) {
    const auto tokens = tokenize(text);
    if (!tokens) {
        return tokens.error().message;
    }
    std::string all;
    for (const token& t : *tokens) {
        const bool has_value = t.kind == token_kind::string || t.kind == token_kind::number;
        const std::string said = has_value ? t.value.dump() : std::string(t.name());
        all += std::string(all.empty() ? "" : " ") +
               std::string("wqsnye").at(static_cast<std::size_t>(t.kind)) + ":" + said;
    }
    return all;
}

} // namespace

TEST_CASE("words are letters, digits, _ and $", "[query]") {
    CHECK(tokens_of("deviceId $edgeAgent a_1 _x $version") ==
          "w:deviceId w:$edgeAgent w:a_1 w:_x w:$version e:");
    CHECK(tokens_of("stra\xc3\x9f"
                    "e") == "w:stra\xc3\x9f"
                            "e e:");
}

TEST_CASE("a minus glued on both sides belongs to the word", "[query]") {
    CHECK(tokens_of("my-key") == "w:my-key e:");
    CHECK(tokens_of("a-1") == "w:a-1 e:");
    CHECK(tokens_of("a - 1") == "w:a y:- n:1 e:");
    CHECK(tokens_of("a -1") == "w:a y:- n:1 e:");
    CHECK(tokens_of("a- 1") == "w:a y:- n:1 e:");
    CHECK(tokens_of("1-a") == "n:1 y:- w:a e:");
    CHECK(tokens_of("-a") == "y:- w:a e:");
}

TEST_CASE("behind a dot a word may begin with a digit", "[query]") {
    CHECK(tokens_of("tags.1st.22") == "w:tags y:. w:1st y:. w:22 e:");
    CHECK(tokens_of("tags . 3d") == "w:tags y:. w:3d e:");
    CHECK(tokens_of("list[0].5") == "w:list y:[ n:0 y:] y:. w:5 e:");
}

TEST_CASE("double brackets quote a name", "[query]") {
    CHECK(tokens_of("tags.[[my key]].[[group]]") == "w:tags y:. q:my key y:. q:group e:");
    CHECK(tokens_of("[[a.b;'\"/*]]") == "q:a.b;'\"/* e:");
    CHECK(tokens_of("[[a]b]]") == "q:a]b e:");
    CHECK(tokens_of("a.[[]]") == "A name in [[ ]] is empty at character 3, near '[[]]'.");
    CHECK(tokens_of("a.[[b]") == "A name in [[ ]] does not end at character 3, near '[[b]'.");
}

TEST_CASE("numbers are decimal or hexadecimal", "[query]") {
    CHECK(tokens_of("0 60 007") == "n:0 n:60 n:7 e:");
    CHECK(tokens_of("1.5 .5 2. 1e3 1.5E-2") == "n:1.5 n:0.5 n:2.0 n:1000.0 n:0.015 e:");
    CHECK(tokens_of("0x1F 0Xff") == "n:31 n:255 e:");
    CHECK(tokens_of("18446744073709551615 18446744073709551616") ==
          "n:18446744073709551615 n:1.8446744073709552e+19 e:");
}

TEST_CASE("a number that is none is refused", "[query]") {
    CHECK(tokens_of("12abc") == "A number is not well formed at character 1, near '12abc'.");
    CHECK(tokens_of("a = 0x") == "A number is not well formed at character 5, near '0x'.");
    CHECK(tokens_of("0xg1") == "A number is not well formed at character 1, near '0xg1'.");
    CHECK(tokens_of("0x10000000000000000") ==
          "A number is not well formed at character 1, near '0x10000000000000000'.");
    CHECK(tokens_of("1e400") == "A number is not well formed at character 1, near '1e400'.");
    CHECK(tokens_of("1e") == "A number is not well formed at character 1, near '1e'.");
}

TEST_CASE("texts stand in either quotes", "[query]") {
    CHECK(tokens_of("'a' \"b\" '' \"'\" '\"'") == R"(s:"a" s:"b" s:"" s:"'" s:"\"" e:)");
    CHECK(tokens_of("'/* no comment */ -- ;'") == R"(s:"/* no comment */ -- ;" e:)");
}

TEST_CASE("texts have escapes", "[query]") {
    CHECK(tokens_of(R"('\'\"\\')") == R"(s:"'\"\\" e:)");
    CHECK(tokens_of(R"('\u0041\u00e9\u20ac')") == "s:\"A\xc3\xa9\xe2\x82\xac\" e:");
    CHECK(tokens_of(R"('\uD83D\ude00')") == "s:\"\xf0\x9f\x98\x80\" e:");
    CHECK(tokens_of(R"('\u0000')") == R"(s:"\u0000" e:)");
}

TEST_CASE("an escape that is none is refused", "[query]") {
    const auto refused = [](std::string_view text, std::size_t at, std::string_view near) {
        CHECK(tokens_of(text) == R"(An escape is none of \' \" \\ and \uXXXX at character )" +
                                     std::to_string(at) + ", near '" + std::string(near) + "'.");
    };
    refused(R"('a\n')", 3, R"(\n')");
    refused(R"('\u12')", 2, R"(\u12')");
    refused(R"('\u12g4')", 2, R"(\u12g4')");
    refused(R"('\u-123')", 2, R"(\u-123')");
    refused(R"('\ud800')", 2, R"(\ud800')");
    refused(R"('\udc00')", 2, R"(\udc00')");
    refused(R"('\ud800\u0041')", 2, R"(\ud800\u0041')");
    refused(R"('\)", 2, R"(\)");
}

TEST_CASE("a text that does not end is refused", "[query]") {
    CHECK(tokens_of("a = 'b") == "A text in quotes does not end at character 5, near ''b'.");
    CHECK(tokens_of("'\\'") == "A text in quotes does not end at character 1, near ''\\''.");
    CHECK(tokens_of("\"b'") == "A text in quotes does not end at character 1, near '\"b''.");
}

TEST_CASE("the longest operator is taken", "[query]") {
    CHECK(tokens_of("<> <= >= != || ?? < > = + - * / % ( ) [ ] , .") ==
          "y:<> y:<= y:>= y:!= y:|| y:?? y:< y:> y:= y:+ y:- y:* y:/ y:% y:( y:) y:[ y:] y:, y:. "
          "e:");
    CHECK(tokens_of("a<=1") == "w:a y:<= n:1 e:");
}

TEST_CASE("white space and comments separate", "[query]") {
    CHECK(tokens_of("") == "e:");
    CHECK(tokens_of(" \t\r\n") == "e:");
    CHECK(tokens_of("a/**/b /* c ' \" [[ */ d/* * / **/") == "w:a w:b w:d e:");
    CHECK(tokens_of("a /* b") == "A comment does not end at character 3, near '/* b'.");
    CHECK(tokens_of("/*/") == "A comment does not end at character 1, near '/*/'.");
    CHECK(tokens_of("a -- b") == "A comment is written /* */, two minus signs are written apart, "
                                 "at character 3, near '--'.");
}

TEST_CASE("other characters are refused", "[query]") {
    CHECK(tokens_of("a;") ==
          "A semicolon is not part of the query language at character 2, near '?'.");
    for (const std::string c : {"@", "#", "!", "|", "?", "{", "}", "&", "^", "~", "`", "\\", ":"}) {
        CHECK(tokens_of("ab " + c) ==
              "A character is not part of the query language at character 4, near '" + c + "'.");
    }
    CHECK(tokens_of("a \x01") ==
          "A character is not part of the query language at character 3, near '?'.");
    CHECK(tokens_of(std::string_view("a \0 b", 5)) ==
          "A character is not part of the query language at character 3, near '?'.");
}

TEST_CASE("places count characters, and quotations of mistakes are short ASCII", "[query]") {
    CHECK(tokens_of("'\xe2\x82\xac\xe2\x82\xac' @") ==
          "A character is not part of the query language at character 6, near '@'.");
    CHECK(tokens_of("'\xc3\xa9;\n" + std::string(40, 'x')) ==
          "A text in quotes does not end at character 1, near ''????" + std::string(27, 'x') +
              "...'.");
}

} // namespace iothub::core::query
