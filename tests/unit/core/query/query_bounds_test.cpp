#include "emulator/core/query/syntax/expression_parser.hpp"

#include "support/catch.hpp"
#include "unit/core/query/query_texts.hpp"

namespace iothub::core::query::test {

TEST_CASE("a query is as long as it may be, and no longer", "[query]") {
    const std::string query = "SELECT * FROM devices";
    CHECK(mistake_in(query + std::string(max_query_length - query.size(), ' ')).empty());
    CHECK(mistake_in(query + std::string(max_query_length - query.size() + 1, ' ')) ==
          "The query has 65537 bytes, 65536 are the most it can have.");
    CHECK(mistake_in_condition(std::string(1'048'576, '(')) ==
          "The query has 1048576 bytes, 65536 are the most it can have.");
}

TEST_CASE("parentheses nest as deep as they may", "[query]") {
    const auto nested = [](std::size_t depth) {
        return mistake_in_condition(repeated("(", depth) + "a" + repeated(")", depth));
    };
    CHECK(nested(max_query_depth - 1).empty());
    CHECK(nested(max_query_depth) == "Nesting deeper than 200 levels at character 201, near 'a'.");
    CHECK(nested(20'000) == "Nesting deeper than 200 levels at character 201, near '('.");
    CHECK(mistake_in_condition(repeated("(", 60'000)) ==
          "Nesting deeper than 200 levels at character 201, near '('.");
}

TEST_CASE("whatever nests is bounded", "[query]") {
    for (const std::string_view opening :
         {"NOT ", "- ", "[ ", "LOWER(", "a IN [", "a = (", "a + ("}) {
        INFO(opening);
        CHECK(mistake_in_condition(repeated(opening, 5000)).starts_with("Nesting deeper than 200"));
    }
}

TEST_CASE("a long chain of operators makes a tree that is deep, and is bounded too", "[query]") {
    for (const std::string_view link : {" + a", " * a", " || a", " = a", " < a", " ?? a"}) {
        INFO(link);
        CHECK(mistake_in_condition("a" + repeated(link, max_query_depth - 1)).empty());
        CHECK(mistake_in_condition("a" + repeated(link, max_query_depth))
                  .starts_with("Nesting deeper than 200 levels at character "));
        CHECK(mistake_in_condition("a" + repeated(link, 10'000))
                  .starts_with("Nesting deeper than 200 levels at character "));
    }
}

TEST_CASE("a chain of AND or OR may be long", "[query]") {
    const auto chain = [](std::size_t length) {
        return mistake_in_condition("a" + repeated(" OR a", length));
    };
    CHECK(chain(max_query_terms - 2).empty());
    CHECK(chain(max_query_terms)
              .starts_with("Over 4096 paths, operators and functions in one query at character "));
}

TEST_CASE("a list is as long as it may be", "[query]") {
    const auto listed = [](std::size_t length) {
        return mistake_in_condition("a IN [1" + repeated(",1", length - 1) + "]");
    };
    CHECK(listed(max_list_length).empty());
    CHECK(listed(max_list_length + 1).starts_with("A list has over 4096 elements at character "));
}

TEST_CASE("literals are counted over all lists", "[query]") {
    const std::string list = "a IN [1" + repeated(",1", max_list_length - 1) + "]";
    CHECK(mistake_in_condition(list + " OR " + list).empty());
    CHECK(mistake_in_condition(list + " OR " + list + " OR a = 1")
              .starts_with("Over 8192 literals in one query at character "));
}

TEST_CASE("columns and grouped paths are counted", "[query]") {
    std::string columns = "c0";
    for (std::size_t i = 1; i < max_query_columns; ++i) {
        columns += ",c" + std::to_string(i);
    }
    CHECK(mistake_in("SELECT " + columns + " FROM devices").empty());
    CHECK(mistake_in("SELECT " + columns + ",d FROM devices").starts_with("Over 128 columns at"));
    CHECK(mistake_in("SELECT COUNT() FROM devices GROUP BY " + columns).empty());
    CHECK(mistake_in("SELECT COUNT() FROM devices GROUP BY " + columns + ",d")
              .starts_with("Over 128 grouped paths at"));
}

TEST_CASE("what a row costs is known", "[query]") {
    CHECK(parse_condition("*")->terms == 0);
    CHECK(parse_condition("a = 1")->terms == 2);
    CHECK(parse_condition("FROM devices WHERE a = 1 AND LENGTH(b) IN [1,2,3]")->terms == 6);
    CHECK(parse_condition("a IN [1" + repeated(",1", 799) + "]")->terms == 102);
    CHECK(parse_statement("SELECT a, b FROM devices WHERE NOT c")->terms == 2);
}

} // namespace iothub::core::query::test
