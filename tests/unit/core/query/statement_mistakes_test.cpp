#include <algorithm>

#include "support/catch.hpp"
#include "unit/core/query/query_texts.hpp"

namespace iothub::core::query::test {

TEST_CASE("an empty query is refused", "[query]") {
    CHECK(mistake_in("") == "The query is empty.");
    CHECK(mistake_in(" \n\t") == "The query is empty.");
    CHECK(mistake_in("/* nothing */") == "The query is empty.");
}

TEST_CASE("a query that stops or goes wrong is refused with the place", "[query]") {
    CHECK(mistake_in("FROM devices") == "Expected SELECT at character 1, near 'FROM'.");
    CHECK(mistake_in("DELETE FROM devices") == "Expected SELECT at character 1, near 'DELETE'.");
    CHECK(mistake_in("SELECT") == "Expected a path at character 7, where the text ends.");
    CHECK(mistake_in("SELECT FROM devices") == "Expected a path at character 8, near 'FROM'.");
    CHECK(mistake_in("SELECT *") == "Expected FROM at character 9, where the text ends.");
    CHECK(mistake_in("SELECT * FORM devices") == "Expected FROM at character 10, near 'FORM'.");
    CHECK(mistake_in("SELECT *, a FROM devices") == "Expected FROM at character 9, near ','.");
    CHECK(mistake_in("SELECT a, FROM devices") == "Expected a path at character 11, near 'FROM'.");
    CHECK(mistake_in("SELECT a, * FROM devices") == "Expected a path at character 11, near '*'.");
    CHECK(mistake_in("SELECT a b c FROM devices") == "Expected FROM at character 12, near 'c'.");
    CHECK(mistake_in("SELECT a AS FROM devices") ==
          "Expected a name behind AS at character 13, near 'FROM'.");
    CHECK(mistake_in("SELECT a AS 'b' FROM devices") ==
          "Expected a name behind AS at character 13, near ''b''.");
    CHECK(mistake_in("SELECT a.b + 1 FROM devices") == "Expected FROM at character 12, near '+'.");
    CHECK(mistake_in("SELECT 1 FROM devices") == "Expected a path at character 8, near '1'.");
    CHECK(mistake_in("SELECT * FROM devices WHERE") ==
          "Expected a value at character 28, where the text ends.");
    CHECK(mistake_in("SELECT * FROM devices d") ==
          "Expected WHERE, GROUP BY or the end at character 23, near 'd'.");
    CHECK(mistake_in("SELECT * FROM devices, devices.modules") ==
          "Expected WHERE, GROUP BY or the end at character 22, near ','.");
    CHECK(mistake_in("SELECT * FROM devices WHERE a = 1 b") ==
          "Expected an operator, GROUP BY or the end at character 35, near 'b'.");
    CHECK(mistake_in("SELECT * FROM devices WHERE a WHERE b") ==
          "Expected an operator, GROUP BY or the end at character 31, near 'WHERE'.");
    CHECK(mistake_in("SELECT COUNT() FROM devices GROUP tags.a") ==
          "Expected BY behind GROUP at character 35, near 'tags'.");
    CHECK(mistake_in("SELECT COUNT() FROM devices GROUP BY") ==
          "Expected a path at character 37, where the text ends.");
    CHECK(mistake_in("SELECT COUNT() FROM devices GROUP BY a WHERE b") ==
          "Expected WHERE, GROUP BY or the end at character 40, near 'WHERE'.");
    CHECK(mistake_in("SELECT * FROM devices; DROP TABLE device") ==
          "A semicolon is not part of the query language at character 22, near '?'.");
}

TEST_CASE("an unknown collection is refused", "[query]") {
    const auto unknown = [](std::string_view query, std::string_view near) {
        CHECK(mistake_in(query) == "Unknown collection, none of devices, devices.modules and "
                                   "devices.jobs, at character 15, near '" +
                                       std::string(near) + "'.");
    };
    unknown("SELECT * FROM enrollments", "enrollments");
    unknown("SELECT * FROM sqlite_master", "sqlite_master");
    unknown("SELECT * FROM devices.twins", "devices");
    unknown("SELECT * FROM devices.modules.x", "devices");
    unknown("SELECT * FROM modules", "modules");
    for (const std::string_view none : {"SELECT * FROM 'devices'", "SELECT * FROM [[devices]]",
                                        "SELECT * FROM *", "SELECT * FROM WHERE a"}) {
        INFO(none);
        CHECK(mistake_in(none).starts_with(
            "Expected devices, devices.modules or devices.jobs at character 15, near '"));
    }
}

TEST_CASE("clauses the language has not are refused by name", "[query]") {
    const auto refused = [](std::string_view query, std::string_view clause) {
        INFO(query);
        CHECK(mistake_in(query).starts_with(std::string(clause) +
                                            " is not part of the query language at character "));
    };
    refused("SELECT * FROM devices ORDER BY deviceId", "ORDER BY");
    refused("SELECT * FROM devices WHERE a = 1 order by deviceId", "ORDER BY");
    refused("SELECT * FROM devices JOIN m IN devices.modules", "JOIN");
    refused("SELECT DISTINCT deviceId FROM devices", "DISTINCT");
    refused("SELECT VALUE deviceId FROM devices", "VALUE");
    refused("SELECT * FROM devices OFFSET 5 LIMIT 5", "OFFSET");
    refused("SELECT * FROM devices LIMIT 5", "LIMIT");
    refused("SELECT COUNT() FROM devices GROUP BY a HAVING COUNT() > 1", "HAVING");
    refused("SELECT * FROM devices WHERE deviceId LIKE 'a%'", "LIKE");
    refused("SELECT * FROM devices UNION SELECT * FROM devices", "UNION");
    refused("SELECT * FROM (SELECT * FROM devices)", "A query within a query");
    refused("SELECT (SELECT a) FROM devices", "A query within a query");
    refused("SELECT * FROM devices WHERE a = (SELECT b FROM devices)", "A query within a query");
}

TEST_CASE("jobs are selected whole", "[query]") {
    CHECK(mistake_in("SELECT jobId FROM devices.jobs") ==
          "Only SELECT * goes with devices.jobs, not a column at character 8, near 'jobId'.");
    CHECK(mistake_in("SELECT COUNT() FROM devices.jobs") ==
          "Only SELECT * goes with devices.jobs, not a column at character 8, near 'COUNT'.");
    CHECK(mistake_in("SELECT * FROM devices.jobs GROUP BY status") ==
          "Only a query FROM devices can GROUP BY, not this one, at character 28, near 'GROUP'.");
}

TEST_CASE("only devices are grouped", "[query]") {
    CHECK(mistake_in("SELECT COUNT() AS n FROM devices.modules").empty());
    CHECK(mistake_in("SELECT COUNT() FROM devices.modules GROUP BY tags.a") ==
          "Only a query FROM devices can GROUP BY, not this one, at character 37, near 'GROUP'.");
}

TEST_CASE("a projection fits what is grouped", "[query]") {
    CHECK(mistake_in("SELECT * FROM devices GROUP BY tags.a") ==
          "SELECT * does not go with GROUP BY, it at character 8, near '*'.");
    CHECK(mistake_in("SELECT tags.a, deviceId FROM devices GROUP BY tags.a") ==
          "A column is neither grouped by nor an aggregate at character 16, near 'deviceId'.");
    CHECK(mistake_in("SELECT tags.a.b FROM devices GROUP BY tags.a") ==
          "A column is neither grouped by nor an aggregate at character 8, near 'tags'.");
    CHECK(mistake_in("SELECT COUNT(), deviceId FROM devices") ==
          "A column beside an aggregate needs GROUP BY at character 17, near 'deviceId'.");
}

TEST_CASE("an aggregate that is none is refused", "[query]") {
    CHECK(mistake_in("SELECT AVG() FROM devices") == "Expected a path at character 12, near ')'.");
    CHECK(mistake_in("SELECT COUNT(*) FROM devices") ==
          "All rows are counted by COUNT() at character 14, near '*'.");
    CHECK(mistake_in("SELECT COUNT(1) FROM devices") ==
          "Expected a path at character 14, near '1'.");
    CHECK(mistake_in("SELECT SUM(a, b) FROM devices") == "Expected ) at character 13, near ','.");
    CHECK(mistake_in("SELECT SUM(a FROM devices") == "Expected ) at character 14, near 'FROM'.");
    CHECK(mistake_in("SELECT SUM(AVG(a)) FROM devices") == "Expected ) at character 15, near '('.");
    CHECK(mistake_in("SELECT LENGTH(a) FROM devices") ==
          "A column is a path, COUNT, AVG, SUM, MIN or MAX, and no other function, at character "
          "8, near 'LENGTH'.");
    CHECK(mistake_in("SELECT * FROM devices WHERE SUM(a) > 1") ==
          "An aggregate stands behind SELECT only, not in a condition, at character 29, near "
          "'SUM'.");
}

TEST_CASE("two columns of one name are refused", "[query]") {
    CHECK(mistake_in("SELECT tags.a, properties.desired.a FROM devices") ==
          "Two columns have one name, AS gives them others, at character 8, near 'tags'.");
    CHECK(mistake_in("SELECT a AS x, b, c AS x FROM devices") ==
          "Two columns have one name, AS gives them others, at character 8, near 'a'.");
    CHECK(mistake_in("SELECT a, A FROM devices").empty());
}

TEST_CASE("every mistake is an argument that is invalid, told in a line of ASCII", "[query]") {
    for (const std::string_view query :
         {"", "SELECT \x80\xff\n; FROM", "SELECT * FROM '\n;\x7f\xc3\xa9'", "SELECT [[\r\n;]] x y",
          "SELECT * FROM devices WHERE \xc3\xa9\xc3\xa9 \xc3\xa9", ";"}) {
        const auto read = parse_statement(query);
        REQUIRE_FALSE(read);
        CHECK(read.error().code == errc::argument_invalid);
        CHECK(std::ranges::all_of(read.error().message,
                                  [](char c) { return c >= ' ' && c <= '~' && c != ';'; }));
    }
}

} // namespace iothub::core::query::test
