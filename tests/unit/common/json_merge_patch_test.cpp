#include "common/json_merge_patch.hpp"

#include "common/json.hpp"
#include "support/catch.hpp"

namespace iothub {

namespace {

std::string merged(const std::string& target, const std::string& patch) {
    json document = json::parse(target);
    merge_patch(document, json::parse(patch));
    return document.dump();
}

} // namespace

TEST_CASE("merge patch gives the results of RFC 7386, appendix A", "[json_merge_patch]") {
    const auto [target, patch, expected] = GENERATE(table<std::string, std::string, std::string>({
        {R"({"a":"b"})", R"({"a":"c"})", R"({"a":"c"})"},
        {R"({"a":"b"})", R"({"b":"c"})", R"({"a":"b","b":"c"})"},
        {R"({"a":"b"})", R"({"a":null})", R"({})"},
        {R"({"a":"b","b":"c"})", R"({"a":null})", R"({"b":"c"})"},
        {R"({"a":["b"]})", R"({"a":"c"})", R"({"a":"c"})"},
        {R"({"a":"c"})", R"({"a":["b"]})", R"({"a":["b"]})"},
        {R"({"a":{"b":"c"}})", R"({"a":{"b":"d","c":null}})", R"({"a":{"b":"d"}})"},
        {R"({"a":[{"b":"c"}]})", R"({"a":[1]})", R"({"a":[1]})"},
        {R"(["a","b"])", R"(["c","d"])", R"(["c","d"])"},
        {R"({"a":"b"})", R"(["c"])", R"(["c"])"},
        {R"({"a":"foo"})", R"(null)", R"(null)"},
        {R"({"a":"foo"})", R"("bar")", R"("bar")"},
        {R"({"e":null})", R"({"a":1})", R"({"e":null,"a":1})"},
        {R"([1,2])", R"({"a":"b","c":null})", R"({"a":"b"})"},
        {R"({})", R"({"a":{"bb":{"ccc":null}}})", R"({"a":{"bb":{}}})"},
    }));
    CAPTURE(target, patch);
    CHECK(merged(target, patch) == expected);
}

TEST_CASE("members that stay keep their place and new ones come last", "[json_merge_patch]") {
    CHECK(merged(R"({"z":1,"a":2,"m":3})", R"({"b":5,"m":4,"z":0})") ==
          R"({"z":0,"a":2,"m":4,"b":5})");
}

TEST_CASE("removing the last member leaves an empty object", "[json_merge_patch]") {
    CHECK(merged(R"({"a":{"b":{"c":1}}})", R"({"a":{"b":{"c":null}}})") == R"({"a":{"b":{}}})");
}

TEST_CASE("an empty patch changes nothing", "[json_merge_patch]") {
    CHECK(merged(R"({"a":{"b":1}})", R"({})") == R"({"a":{"b":1}})");
    CHECK(merged(R"({"a":{"b":1}})", R"({"a":{}})") == R"({"a":{"b":1}})");
}

TEST_CASE("an array replaces as a whole, nulls in it included", "[json_merge_patch]") {
    CHECK(merged(R"({"a":[1,2,3]})", R"({"a":[null,{"b":null}]})") == R"({"a":[null,{"b":null}]})");
}

} // namespace iothub
