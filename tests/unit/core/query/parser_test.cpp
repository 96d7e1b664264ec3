#include "support/catch.hpp"
#include "unit/core/query/query_texts.hpp"
#include "unit/core/query/tree_text.hpp"

namespace iothub::core::query::test {

namespace {

std::string tree(std::string_view condition) {
    return tree_text::of_condition(condition);
}

} // namespace

TEST_CASE("operators bind in the order of the language", "[query]") {
    CHECK(tree("a + b * c") == "(a + (b * c))");
    CHECK(tree("a * b + c") == "((a * b) + c)");
    CHECK(tree("a < b + c") == "(a < (b + c))");
    CHECK(tree("a || b < c") == "((a || b) < c)");
    CHECK(tree("a = b < c") == "(a = (b < c))");
    CHECK(tree("a AND b = c") == "(a AND (b = c))");
    CHECK(tree("a OR b AND c") == "(a OR (b AND c))");
    CHECK(tree("a AND b OR c") == "((a AND b) OR c)");
    CHECK(tree("a ?? b OR c") == "(a ?? (b OR c))");
    CHECK(tree("a OR b ?? c AND d") == "((a OR b) ?? (c AND d))");
}

TEST_CASE("operators of one rank go from left to right", "[query]") {
    CHECK(tree("a - b + c") == "((a - b) + c)");
    CHECK(tree("a / b * c % d") == "(((a / b) * c) % d)");
    CHECK(tree("a + b || c - d") == "(((a + b) || c) - d)");
    CHECK(tree("a = b != c <> d") == "(((a = b) != c) != d)");
    CHECK(tree("a < b <= c > d >= e") == "((((a < b) <= c) > d) >= e)");
    CHECK(tree("a ?? b ?? c") == "((a ?? b) ?? c)");
}

TEST_CASE("parentheses come first", "[query]") {
    CHECK(tree("(a + b) * c") == "((a + b) * c)");
    CHECK(tree("a AND (b OR c)") == "(a AND (b OR c))");
    CHECK(tree("((((a))))") == "a");
}

TEST_CASE("minus and NOT bind more than what stands between two operands", "[query]") {
    CHECK(tree("- a * b") == "((- a) * b)");
    CHECK(tree("a - - b") == "(a - (- b))");
    CHECK(tree("NOT a AND b") == "((NOT a) AND b)");
    CHECK(tree("NOT a = b") == "((NOT a) = b)");
    CHECK(tree("NOT (a = b)") == "(NOT (a = b))");
    CHECK(tree("NOT NOT a") == "(NOT (NOT a))");
    CHECK(tree("NOT - a") == "(NOT (- a))");
    CHECK(tree("a = NOT b") == "(a = (NOT b))");
}

TEST_CASE("NOT is about a whole IN", "[query]") {
    CHECK(tree("NOT a IN [1]") == "(NOT (a IN [1]))");
    CHECK(tree("NOT a NIN [1] AND b") == "((NOT (a NIN [1])) AND b)");
    CHECK(tree("NOT NOT a IN [1]") == "(NOT (NOT (a IN [1])))");
}

TEST_CASE("a negative number is one literal", "[query]") {
    CHECK(tree("a = -5") == "(a = -5)");
    CHECK(tree("a = -0x10") == "(a = -16)");
    CHECK(tree("a = -1.5") == "(a = -1.5)");
    CHECK(tree("- (-5)") == "5");
    CHECK(tree("-9223372036854775807") == "-9223372036854775807");
    CHECK(tree("-9223372036854775808") == "-9.223372036854776e+18");
    CHECK(tree("-'a'") == "(- \"a\")");
}

TEST_CASE("a chain of AND or OR is one node", "[query]") {
    CHECK(tree("a AND b and c AnD d") == "(a AND b AND c AND d)");
    CHECK(tree("a OR b or c") == "(a OR b OR c)");
    CHECK(tree("a AND (b AND c)") == "(a AND (b AND c))");
}

TEST_CASE("IN and NIN take a list and rank with comparisons", "[query]") {
    CHECK(tree("a IN [1, 'b', c]") == "(a IN [1, \"b\", c])");
    CHECK(tree("a nin []") == "(a NIN [])");
    CHECK(tree("a + 1 IN [2] AND b") == "(((a + 1) IN [2]) AND b)");
    CHECK(tree("a IN [1] = true") == "((a IN [1]) = true)");
}

TEST_CASE("literal words come in any case, and other words are paths", "[query]") {
    CHECK(tree("true") == "true");
    CHECK(tree("False") == "false");
    CHECK(tree("NULL") == "null");
    CHECK(tree("Undefined") == "undefined");
    CHECK(tree("[[true]]") == "true");
    CHECK(value_of("[[true]]") == "undefined");
    CHECK(tree("truely") == "truely");
}

TEST_CASE("arrays are values", "[query]") {
    CHECK(tree("[1, a, [b, 'c']]") == "[1, a, [b, \"c\"]]");
    CHECK(tree("[]") == "[]");
}

TEST_CASE("a path has names, quoted names and elements", "[query]") {
    CHECK(tree("properties.desired.$version") == "properties/desired/$version");
    CHECK(tree("tags.[[group]].name") == "tags/group/name");
    CHECK(tree("configurations.[[a.b-c]].status") == "configurations/a.b-c/status");
    CHECK(tree("tags.group.select.from") == "tags/group/select/from");
    CHECK(tree("tags.list[0]") == "tags/list/0");
    CHECK(tree("tags.[[list]][2][10].x = 1") == "(tags/list/2/10/x = 1)");
    CHECK(tree("tags.my-key") == "tags/my-key");
    CHECK(tree("tags . a /* c */ . b") == "tags/a/b");
}

TEST_CASE("a path that is none is refused", "[query]") {
    CHECK(tree("tags.") == "Expected a name at character 6, where the text ends.");
    CHECK(tree("tags..a") == "Expected a name at character 6, near '.'.");
    CHECK(tree(".a") == "Expected a value at character 1, near '.'.");
    CHECK(tree("tags.'a'") == "Expected a name at character 6, near ''a''.");
    CHECK(tree("tags.a[1.5]") ==
          "Expected the whole number of an element at character 7, near '['.");
    CHECK(tree("tags.a [0]") == "Expected an operator or the end at character 8, near '['.");
    CHECK(tree("tags.a[b]") == "Expected an operator or the end at character 7, near '['.");
    CHECK(tree("tags.a[-1]") == "Expected an operator or the end at character 7, near '['.");
}

TEST_CASE("leading names of the collection are no part of a path", "[query]") {
    CHECK(tree("devices.deviceId = 'd'") == "(deviceId = \"d\")");
    CHECK(tree("DEVICES.tags.devices.x") == "tags/devices/x");
    CHECK(tree("devices.modules.x") == "modules/x");
    CHECK(tree("devices") == "devices");
    CHECK(tree("FROM devices.modules WHERE devices.modules.moduleId = devices.deviceId") ==
          "(moduleId = deviceId)");
    CHECK(tree("FROM devices.modules WHERE devices.modules") == "modules");
    CHECK(tree("FROM devices.modules WHERE modules.x") == "modules/x");
}

TEST_CASE("functions are found in any case and by both names", "[query]") {
    CHECK(tree("is_defined(a)") == tree("IS_DEFINED(a)"));
    CHECK(tree("STARTSWITH(a, 'b')") == tree("Starts_With(a, 'b')"));
    CHECK(tree("ENDSWITH(a, 'b')") == tree("ends_with(a, 'b')"));
    CHECK(tree("LENGTH (a)") == tree("length(a)"));
    CHECK(tree("length") == "length");
    CHECK(tree("length.x") == "length/x");
}

TEST_CASE("a call that is none is refused", "[query]") {
    CHECK(tree("a = foo(1)") == "Unknown function at character 5, near 'foo'.");
    CHECK(tree("HAS_INTERFACE('i')") ==
          "HAS_INTERFACE and HAS_CAPABILITYMODEL are not supported, at character 1, near "
          "'HAS_INTERFACE'.");
    CHECK(tree("has_capabilitymodel('m')") ==
          "HAS_INTERFACE and HAS_CAPABILITYMODEL are not supported, at character 1, near "
          "'has_capabilitymodel'.");
    CHECK(tree("count() > 1") == "An aggregate stands behind SELECT only, not in a condition, at "
                                 "character 1, near 'count'.");
    CHECK(tree("length()") == "LENGTH takes 1 argument, not 0, at character 1, near 'length'.");
    CHECK(tree("contains(a)") == "CONTAINS takes 2 arguments, not 1, at character 1, near "
                                 "'contains'.");
    CHECK(tree("substring(a, 1, 2, 3)") ==
          "SUBSTRING takes 2 to 3 arguments, not 4, at character 1, near 'substring'.");
    CHECK(tree("length(a") == "Expected an operator, a comma or ) at character 9, where the text "
                              "ends.");
    CHECK(tree("length(a,)") == "Expected a value at character 10, near ')'.");
    CHECK(tree("length(,a)") == "Expected a value at character 8, near ','.");
    CHECK(tree("a.length(b)") == "Expected an operator or the end at character 9, near '('.");
}

TEST_CASE("an expression that is none is refused with its place", "[query]") {
    CHECK(tree("a =") == "Expected a value at character 4, where the text ends.");
    CHECK(tree("= a") == "Expected a value at character 1, near '='.");
    CHECK(tree("a = = b") == "Expected a value at character 5, near '='.");
    CHECK(tree("a == b") == "Expected a value at character 4, near '='.");
    CHECK(tree("a b") == "Expected an operator or the end at character 3, near 'b'.");
    CHECK(tree("a AND") == "Expected a value at character 6, where the text ends.");
    CHECK(tree("a AND OR b") == "Expected a value at character 7, near 'OR'.");
    CHECK(tree("(a") == "Expected an operator or ) at character 3, where the text ends.");
    CHECK(tree("(a]") == "Expected an operator or ) at character 3, near ']'.");
    CHECK(tree("a)") == "Expected an operator or the end at character 2, near ')'.");
    CHECK(tree("()") == "Expected a value at character 2, near ')'.");
    CHECK(tree("[1, 2") ==
          "Expected an operator, a comma or ] at character 6, where the text ends.");
    CHECK(tree("+a") == "Expected a value at character 1, near '+'.");
    CHECK(tree("NOT") == "Expected a value at character 4, where the text ends.");
    CHECK(tree("a = *") == "Expected a value at character 5, near '*'.");
    CHECK(tree("true.x") == "Expected an operator or the end at character 5, near '.'.");
    CHECK(tree("a WHERE b") == "Expected an operator or the end at character 3, near 'WHERE'.");
}

TEST_CASE("IN without a list in brackets is refused", "[query]") {
    CHECK(tree("a IN (1, 2)") == "Expected a list in brackets [ ] at character 6, near '('.");
    CHECK(tree("a IN b") == "Expected a list in brackets [ ] at character 6, near 'b'.");
    CHECK(tree("a NOT IN [1]") == "NOT IN is written NIN, and NOT stands before an operand, at "
                                  "character 3, near 'NOT'.");
    CHECK(tree("a IN [1,") == "Expected a value at character 9, where the text ends.");
    CHECK(tree("a IN [1,]") == "Expected a value at character 9, near ']'.");
}

TEST_CASE("what SQL has besides is refused by name", "[query]") {
    const auto refused = [](std::string_view condition, std::string_view word, std::size_t at) {
        const std::string message = tree(condition);
        CHECK(message.find(std::string(word) + " is not part of the query language at character " +
                           std::to_string(at) + ",") == 0);
    };
    refused("deviceId LIKE 'a%'", "LIKE", 10);
    refused("a BETWEEN 1 AND 2", "BETWEEN", 3);
    refused("a IS NULL", "IS", 3);
    refused("EXISTS (SELECT)", "EXISTS", 1);
    refused("a = CASE 1", "CASE", 5);
    refused("a = (SELECT x)", "A query within a query", 6);
    refused("a IN [SELECT x]", "A query within a query", 7);
}

} // namespace iothub::core::query::test
