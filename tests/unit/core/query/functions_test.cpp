#include "emulator/core/query/values/functions.hpp"

#include "emulator/core/query/values/text_functions.hpp"
#include "support/catch.hpp"
#include "unit/core/query/query_texts.hpp"

namespace iothub::core::query::test {

namespace {

constexpr std::string_view document = R"({"s": "Abc", "n": 4, "b": true, "z": null, "o": {"x": 1},
    "a": [1, 2.0, "two", null, true, [3], {"x": 1}], "u": "\u20ac\ud83d\ude00x", "e": []})";

std::string of(std::string_view expression) {
    return value_of(expression, document);
}

// What a question about the type says of text, number, boolean, null, object, array, undefined.
std::string answers(std::string_view function) {
    std::string all;
    for (const std::string_view argument : {"s", "n", "b", "z", "o", "a", "none"}) {
        all += of(std::string(function) + "(" + std::string(argument) + ")") == "true" ? 'T' : 'f';
    }
    return all;
}

} // namespace

TEST_CASE("questions about the type always have an answer", "[query]") {
    CHECK(answers("IS_DEFINED") == "TTTTTTf");
    CHECK(answers("IS_STRING") == "Tffffff");
    CHECK(answers("IS_NUMBER") == "fTfffff");
    CHECK(answers("IS_BOOL") == "ffTffff");
    CHECK(answers("IS_NULL") == "fffTfff");
    CHECK(answers("IS_OBJECT") == "ffffTff");
    CHECK(answers("IS_ARRAY") == "fffffTf");
    CHECK(answers("IS_PRIMITIVE") == "TTTTfff");
    CHECK(of("IS_NUMBER(none)") == "false");
    CHECK(of("IS_NUMBER(1.5)") == "true");
    CHECK(of("IS_DEFINED(none.x)") == "false");
    CHECK(of("NOT IS_DEFINED(none)") == "true");
}

TEST_CASE("AS_NUMBER reads decimal text", "[query]") {
    CHECK(of("AS_NUMBER('12')") == "12");
    CHECK(of("AS_NUMBER('-1.5e2')") == "-150.0");
    CHECK(of("AS_NUMBER('+3')") == "3");
    CHECK(of("AS_NUMBER(n)") == "4");
    for (const std::string_view none :
         {"''", "'a'", "'1a'", "' 1'", "'1 '", "'0x10'", "'--1'", "'+-1'", "'inf'", "'nan'",
          "'1e999'", "'-'", "true", "null", "none", "a"}) {
        INFO(none);
        CHECK(of("AS_NUMBER(" + std::string(none) + ")") == "undefined");
    }
}

TEST_CASE("texts are looked into", "[query]") {
    CHECK(of("STARTS_WITH(s, 'Ab')") == "true");
    CHECK(of("STARTSWITH(s, 'ab')") == "false");
    CHECK(of("STARTSWITH(s, '')") == "true");
    CHECK(of("STARTSWITH(s, 'Abcd')") == "false");
    CHECK(of("ENDS_WITH(s, 'bc')") == "true");
    CHECK(of("ENDSWITH(s, 'b')") == "false");
    CHECK(of("CONTAINS(s, 'b')") == "true");
    CHECK(of("CONTAINS(s, 'B')") == "false");
    for (const std::string_view name : {"STARTS_WITH", "ENDS_WITH", "CONTAINS", "INDEX_OF"}) {
        INFO(name);
        CHECK(of(std::string(name) + "(s, 1)") == "undefined");
        CHECK(of(std::string(name) + "(n, 'a')") == "undefined");
        CHECK(of(std::string(name) + "(none, 'a')") == "undefined");
        CHECK(of(std::string(name) + "(s, none)") == "undefined");
    }
}

TEST_CASE("INDEX_OF counts characters from 0", "[query]") {
    CHECK(of("INDEX_OF(s, 'c')") == "2");
    CHECK(of("INDEX_OF(s, '')") == "0");
    CHECK(of("INDEX_OF(s, 'x')") == "-1");
    CHECK(of("INDEX_OF(u, 'x')") == "2");
}

TEST_CASE("LENGTH counts characters", "[query]") {
    CHECK(of("LENGTH(s)") == "3");
    CHECK(of("LENGTH('')") == "0");
    CHECK(of("LENGTH(u)") == "3");
    CHECK(of("LENGTH(a)") == "undefined");
    CHECK(of("LENGTH(n)") == "undefined");
    CHECK(of("LENGTH(none)") == "undefined");
}

TEST_CASE("SUBSTRING takes characters", "[query]") {
    CHECK(of("SUBSTRING(s, 1)") == R"("bc")");
    CHECK(of("SUBSTRING(s, 0)") == R"("Abc")");
    CHECK(of("SUBSTRING(s, 3)") == R"("")");
    CHECK(of("SUBSTRING(s, 1, 1)") == R"("b")");
    CHECK(of("SUBSTRING(s, 1, 0)") == R"("")");
    CHECK(of("SUBSTRING(s, 3, 0)") == R"("")");
    CHECK(of("SUBSTRING(u, 1, 1)") == "\"\xf0\x9f\x98\x80\"");
    CHECK(of("SUBSTRING(u, 2)") == R"("x")");
    CHECK(of("SUBSTRING(s, 2 / 2)") == R"("bc")");
}

TEST_CASE("SUBSTRING out of the text is undefined", "[query]") {
    for (const std::string_view none :
         {"s, 4", "s, -1", "s, 0.5", "s, 1e300", "s, 1, 3", "s, 1, -1", "s, 0, 0.5", "s, '1'",
          "s, none", "s, 0, none", "s, 0, '1'", "n, 0", "none, 0", "s, 3, 1",
          "s, 18446744073709551615", "s, 1, 18446744073709551615", "s, null"}) {
        INFO(none);
        CHECK(of("SUBSTRING(" + std::string(none) + ")") == "undefined");
    }
}

TEST_CASE("letters change their case", "[query]") {
    CHECK(of("LOWER(s)") == R"("abc")");
    CHECK(of("UPPER(s)") == R"("ABC")");
    CHECK(of("UPPER('az[]{}\xc3\xa9')") == "\"AZ[]{}\xc3\xa9\"");
    CHECK(of("LOWER(n)") == "undefined");
    CHECK(of("UPPER(none)") == "undefined");
}

TEST_CASE("CONCAT joins texts", "[query]") {
    CHECK(of("CONCAT('a', s, 'b')") == R"("aAbcb")");
    CHECK(of("CONCAT('', '')") == R"("")");
    CHECK(of("CONCAT('a', 1)") == "undefined");
    CHECK(of("CONCAT('a', none)") == "undefined");
    CHECK(mistake_in_condition("CONCAT('a')").starts_with("CONCAT takes 2 to 64 arguments, not 1"));
}

TEST_CASE("text that is made has a bound", "[query]") {
    const std::string half = "'" + std::string(max_made_text / 2, 'x') + "'";
    CHECK(of("LENGTH(" + half + " || " + half + ")") == "8192");
    CHECK(of("LENGTH(" + half + " || " + half + " || 'x')") == "undefined");
    const std::string over = "'" + std::string(max_made_text + 1, 'x') + "'";
    CHECK(of("LENGTH(" + over + ")") == "8193");
    CHECK(of("UPPER(" + over + ")") == "undefined");
    CHECK(of("SUBSTRING(" + over + ", 0)") == "undefined");
    CHECK(of("LENGTH(SUBSTRING(" + over + ", 1))") == "8192");
    CHECK(of("CONCAT(" + over + ", '')") == "undefined");
}

TEST_CASE("an array contains what equals an element", "[query]") {
    CHECK(of("ARRAY_CONTAINS(a, 'two')") == "true");
    CHECK(of("ARRAY_CONTAINS(a, 2)") == "true");
    CHECK(of("ARRAY_CONTAINS(a, null)") == "true");
    CHECK(of("ARRAY_CONTAINS(a, 'Two')") == "false");
    CHECK(of("ARRAY_CONTAINS(a, '1')") == "false");
    CHECK(of("ARRAY_CONTAINS(a, o)") == "false");
    CHECK(of("ARRAY_CONTAINS(e, 1)") == "false");
    CHECK(of("ARRAY_CONTAINS(['x', s], 'Abc')") == "true");
    CHECK(of("ARRAY_CONTAINS(s, 'A')") == "undefined");
    CHECK(of("ARRAY_CONTAINS(none, 'A')") == "undefined");
    CHECK(of("ARRAY_CONTAINS(a, none)") == "undefined");
}

TEST_CASE("functions of numbers", "[query]") {
    CHECK(of("ABS(-2.5)") == "2.5");
    CHECK(of("SQUARE(3)") == "9.0");
    CHECK(of("POWER(2, 10)") == "1024.0");
    CHECK(of("SQRT(n)") == "2.0");
    CHECK(of("EXP(0)") == "1.0");
    CHECK(of("CEILING(1.2)") == "2.0");
    CHECK(of("CEILING(-1.2)") == "-1.0");
    CHECK(of("FLOOR(1.8)") == "1.0");
    CHECK(of("FLOOR(-1.2)") == "-2.0");
    CHECK(of("SIGN(-3) + SIGN(0) * 10 + SIGN(0.1) * 100") == "99.0");
}

TEST_CASE("functions of numbers are undefined without an answer", "[query]") {
    for (const std::string_view none :
         {"SQRT(-1)", "EXP(1000)", "POWER(10, 1000)", "POWER(-1, 0.5)", "POWER(0, -1)",
          "SQUARE(1e200)", "ABS('1')", "ABS(none)", "FLOOR(null)", "CEILING(true)", "SIGN(a)",
          "POWER(2, '1')", "POWER(none, 1)", "EXP(o)"}) {
        INFO(none);
        CHECK(of(none) == "undefined");
    }
}

TEST_CASE("every function has its name and takes what it says", "[query]") {
    for (const std::string_view name :
         {"IS_DEFINED", "IS_BOOL", "IS_NUMBER", "IS_STRING", "IS_NULL", "IS_OBJECT", "IS_ARRAY",
          "IS_PRIMITIVE", "AS_NUMBER", "ABS", "EXP", "SQUARE", "CEILING", "FLOOR", "SIGN", "SQRT",
          "LENGTH", "LOWER", "UPPER"}) {
        INFO(name);
        const function_entry* const found = find_function(name);
        REQUIRE(found != nullptr);
        CHECK(found->name == name);
        CHECK(found->least_arguments == 1);
        CHECK(found->most_arguments == 1);
    }
    for (const std::string_view name : {"STARTS_WITH", "ENDS_WITH", "CONTAINS", "ARRAY_CONTAINS",
                                        "POWER", "CONCAT", "SUBSTRING", "INDEX_OF"}) {
        INFO(name);
        const function_entry* const found = find_function(name);
        REQUIRE(found != nullptr);
        CHECK(found->name == name);
        CHECK(found->least_arguments == 2);
    }
    CHECK(find_function("") == nullptr);
    CHECK(find_function("IS_DEFINE") == nullptr);
    CHECK(find_function("HAS_INTERFACE") == nullptr);
}

} // namespace iothub::core::query::test
