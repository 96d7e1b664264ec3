#include <set>

#include "query_bench.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

// What one query answers, as text.
std::string answer(query_bench& b, const std::string& text) {
    return b.all(text).dump();
}

std::string aggregate_of(const std::vector<const char*>& values, const std::string& what) {
    query_bench b;
    for (std::size_t i = 0; i < values.size(); ++i) {
        b.put({b.numbered(static_cast<int>(i)), ""}, {{"v", json::parse(values[i])}});
    }
    b.put({"without", ""});
    return answer(b, "SELECT " + what + "(tags.v) AS x FROM devices");
}

// The only row where x has that value; none: undefined.
json row_of(const std::string& x) {
    return json::array({x.empty() ? json::object() : json{{"x", json::parse(x)}}});
}

} // namespace

TEST_CASE("aggregates: over the values of a path") {
    struct row {
        std::vector<const char*> values;
        std::string count, sum, average, minimum, maximum;
    };
    const auto r = GENERATE(values<row>({
        {{}, "0", "0", "", "", ""},
        {{"1", "2", "6"}, "3", "9", "3", "1", "6"},
        {{"1", "2.5"}, "2", "3.5", "1.75", "1", "2.5"},
        {{"0.5", "1.5"}, "2", "2", "1", "0.5", "1.5"},
        {{"-3", "-4"}, "2", "-7", "-3.5", "-4", "-3"},
        {{R"("b")", R"("a")", R"("B")"}, "3", "0", "", R"("B")", R"("b")"},
        {{R"("b")", "7", "true", "{}", "[1]"}, "5", "7", "7", "7", "7"},
        {{"true", "false"}, "2", "0", "", "", ""},
        {{"4503599627370495", "4503599627370495", "4503599627370495"},
         "3",
         "13510798882111485",
         "4503599627370495",
         "4503599627370495",
         "4503599627370495"},
        {{"9223372036854775807", "1"},
         "2",
         "9.223372036854775807e18",
         "4.611686018427387904e18",
         "1",
         "9223372036854775807"},
        {{"1e308", "1e308"}, "2", "", "", "1e308", "1e308"},
    }));
    CHECK(aggregate_of(r.values, "COUNT") == row_of(r.count).dump());
    CHECK(json::parse(aggregate_of(r.values, "SUM")) == row_of(r.sum));
    CHECK(json::parse(aggregate_of(r.values, "AVG")) == row_of(r.average));
    CHECK(aggregate_of(r.values, "MIN") == row_of(r.minimum).dump());
    CHECK(aggregate_of(r.values, "MAX") == row_of(r.maximum).dump());
}

TEST_CASE("aggregates: numbers are as short as they can be") {
    CHECK(aggregate_of({"0.5", "1.5"}, "SUM") == R"([{"x":2}])");
    CHECK(aggregate_of({"0.5", "1.5"}, "AVG") == R"([{"x":1}])");
    CHECK(aggregate_of({"1", "2"}, "AVG") == R"([{"x":1.5}])");
}

TEST_CASE("aggregates: COUNT of everything is known without a look") {
    query_bench b;
    b.put_devices(1000);
    b.put({"d00001", "m"});
    CHECK(b.rows_read_by([&] {
        CHECK(answer(b, "SELECT COUNT() AS n FROM devices") == R"([{"n":1000}])");
        CHECK(answer(b, "SELECT COUNT() AS n FROM devices.modules") == R"([{"n":1}])");
        CHECK(answer(b, "SELECT COUNT() AS n, COUNT() AS m FROM devices") ==
              R"([{"n":1000,"m":1000}])");
    }) == 0);
    CHECK(answer(b, "SELECT COUNT() AS n FROM devices WHERE deviceId != 'd00007'") ==
          R"([{"n":999}])");
    CHECK(answer(b, "SELECT COUNT() AS n FROM devices WHERE tags.a = 1") == R"([{"n":0}])");
    CHECK(answer(b, "SELECT COUNT(tags.a) AS n FROM devices") == R"([{"n":0}])");
    CHECK(answer(b, "SELECT MIN(deviceId) AS a, MAX(deviceId) AS z, COUNT() AS n FROM devices") ==
          R"([{"a":"d00000","z":"d00999","n":1000}])");
}

TEST_CASE("aggregates: in groups, each once, the missing values as one of them") {
    query_bench b;
    const char* tags[] = {R"({"s":"ok","v":1})", R"({"s":"bad","v":2})", R"({"s":"ok","v":3})",
                          R"({"v":4})",          R"({"s":1})",           R"({"s":1.0})",
                          R"({"s":"1"})",        R"({"s":true})",        R"({"s":{"a":1}})",
                          R"({"s":{"a":1}})",    R"({"s":[1]})"};
    for (int i = 0; const char* one : tags) {
        b.put({b.numbered(i++), ""}, json::parse(one));
    }
    const std::string text =
        "SELECT tags.s AS s, COUNT() AS n, SUM(tags.v) AS v FROM devices GROUP BY tags.s";
    const json rows = b.all(text);
    std::set<std::string> found;
    for (const json& row : rows) {
        found.insert(row.dump());
    }
    CHECK(found == std::set<std::string>{R"({"s":"ok","n":2,"v":4})", R"({"s":"bad","n":1,"v":2})",
                                         R"({"n":1,"v":4})", R"({"s":1,"n":2,"v":0})",
                                         R"({"s":"1","n":1,"v":0})", R"({"s":true,"n":1,"v":0})",
                                         R"({"s":{"a":1},"n":2,"v":0})",
                                         R"({"s":[1],"n":1,"v":0})"});
    CHECK(rows.size() == found.size());
    CHECK(b.all(text, 3) == rows); // page by page, in the same order
    CHECK(b.all(text, 1) == rows);
    CHECK(b.ask(text)->item_type == core::query::item_type::raw);
    CHECK(answer(b, "SELECT tags.s AS s, COUNT() AS n FROM devices WHERE tags.v > 9 "
                    "GROUP BY tags.s") == "[]");
    CHECK(b.all("SELECT TOP 5 tags.s, COUNT() AS n FROM devices GROUP BY tags.s", 2).size() == 5);
}

TEST_CASE("aggregates: groups that come and go between pages are neither skipped nor repeated") {
    query_bench b;
    for (const char* s : {"a", "c", "e", "g"}) {
        b.put({s, ""}, {{"s", s}});
    }
    const std::string text = "SELECT tags.s AS s, COUNT() AS n FROM devices GROUP BY tags.s";
    const auto first = b.ask(text, 2);
    CHECK(first->rows.dump() == R"([{"s":"a","n":1},{"s":"c","n":1}])");
    b.store.remove_identity({"c", ""});
    b.store.remove_identity({"e", ""});
    b.put({"b", ""}, {{"s", "b"}});
    b.put({"f", ""}, {{"s", "f"}});
    CHECK(b.ask(text, 9, first->continuation)->rows.dump() ==
          R"([{"s":"f","n":1},{"s":"g","n":1}])");
}

TEST_CASE("aggregates: long values make groups of their own and short tokens") {
    query_bench b;
    const std::string beginning(3000, 'x');
    for (const char* s : {"1", "2", "3"}) {
        b.put({s, ""}, {{"s", beginning + s}});
    }
    const std::string text = "SELECT tags.s AS s, COUNT() AS n FROM devices GROUP BY tags.s";
    CHECK(b.ask(text, 1)->continuation.size() < 300);
    CHECK(b.all(text, 1).size() == 3);
}

TEST_CASE("aggregates: what they hold of texts has a bound") {
    query_bench b;
    const std::string tags = R"({"long":")" + std::string(4096, 'x') + R"("})";
    b.put_devices(100, tags.c_str());
    std::string text = "SELECT deviceId";
    for (int i = 0; i < 41; ++i) {
        text += ", MAX(tags.long) AS m" + std::to_string(i);
    }
    const std::string grouped = " FROM devices GROUP BY deviceId";
    const auto refused = b.ask(text + grouped);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message == "The query makes too many groups.");
    CHECK(b.ask("SELECT deviceId, MAX(tags.long) AS m" + grouped));
}

TEST_CASE("aggregates: there are not too many groups") {
    query_bench b;
    for (int i = 0; i < 10'001; ++i) {
        b.put({b.numbered(i), ""}, {{"i", i}});
    }
    const std::string text = "SELECT tags.i, COUNT() AS n FROM devices ";
    CHECK(b.all(text + "WHERE tags.i < 10000 GROUP BY tags.i", 1000).size() == 10'000);
    const auto refused = b.ask(text + "GROUP BY tags.i");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::argument_invalid);
    CHECK(refused.error().message == "The query makes too many groups.");
}
