#include "client/src/session/twin_difference.hpp"

#include "common/json.hpp"
#include "common/json_merge_patch.hpp"
#include "support/catch.hpp"

using iothub::json;
using iothub::client::difference;

TEST_CASE("the difference names what changed, and null for what went") {
    const json before = {
        {"same", 1}, {"changed", 1}, {"gone", 1}, {"nested", {{"a", 1}, {"b", 2}}}};
    const json after = {{"same", 1}, {"changed", 2}, {"nested", {{"a", 1}, {"b", 3}}}, {"new", 4}};
    CHECK(difference(before, after).dump() ==
          R"({"changed":2,"nested":{"b":3},"new":4,"gone":null})");
}

TEST_CASE("merging the difference into the old gives the new") {
    const char* documents[] = {"{}",
                               R"({"a":1})",
                               R"({"a":{}})",
                               R"({"a":{"b":1}})",
                               R"({"a":{"b":{"c":[1,2]}},"d":"x"})",
                               R"({"a":[1,{"b":2}],"d":true})",
                               R"({"d":{"a":1.5},"a":"text"})"};
    for (const char* before : documents) {
        for (const char* after : documents) {
            json merged = json::parse(before);
            iothub::merge_patch(merged, difference(json::parse(before), json::parse(after)));
            CHECK(nlohmann::json(merged) == nlohmann::json::parse(after));
        }
    }
}

TEST_CASE("equal documents do not differ") {
    const json same = {{"a", {{"b", {1, 2}}}}};
    CHECK(difference(same, same).empty());
}
