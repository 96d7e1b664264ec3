// What a write leaves beside the values (service API §3.2).
#include "support/catch.hpp"
#include "support/twin_bench.hpp"

namespace iothub::core {

namespace {

constexpr const char* first = "2026-01-02T03:04:05Z";
constexpr const char* second = "2026-01-02T03:04:06Z";

// "time of the last update @ version" of the node at `pointer`.
std::string stamp(const json& metadata, const std::string& pointer) {
    const json& node = metadata.at(json::json_pointer(pointer));
    std::string text = node.at("$lastUpdated").get<std::string>();
    if (node.contains("$lastUpdatedVersion")) {
        text += "@" + std::to_string(node.at("$lastUpdatedVersion").get<int>());
    }
    return text;
}

} // namespace

TEST_CASE("a desired write stamps each leaf and all its ancestors with time and version",
          "[twins]") {
    test::twin_bench t;
    REQUIRE(t.patch(nullptr, R"({"a":{"b":{"c":1,"d":2}},"e":3})"));
    t.clock.advance(std::chrono::seconds(1));
    REQUIRE(t.patch(nullptr, R"({"a":{"b":{"c":5}}})"));
    const json metadata = t.now().desired.metadata;
    const std::string old = std::string(first) + "@2";
    const std::string fresh = std::string(second) + "@3";
    CHECK(stamp(metadata, "") == fresh);
    CHECK(stamp(metadata, "/a") == fresh);
    CHECK(stamp(metadata, "/a/b") == fresh);
    CHECK(stamp(metadata, "/a/b/c") == fresh);
    CHECK(stamp(metadata, "/a/b/d") == old);
    CHECK(stamp(metadata, "/e") == old);
}

TEST_CASE("a reported write stamps times without versions", "[twins]") {
    test::twin_bench t;
    REQUIRE(t.report(R"({"a":{"b":1}})"));
    t.clock.advance(std::chrono::seconds(1));
    REQUIRE(t.report(R"({"c":1})"));
    const json metadata = t.now().reported.metadata;
    CHECK(stamp(metadata, "") == second);
    CHECK(stamp(metadata, "/c") == second);
    CHECK(stamp(metadata, "/a") == first);
    CHECK(stamp(metadata, "/a/b") == first);
}

TEST_CASE("a removal takes the leaf's metadata and stamps its ancestors", "[twins]") {
    test::twin_bench t;
    REQUIRE(t.patch(nullptr, R"({"a":{"b":1,"c":2}})"));
    t.clock.advance(std::chrono::seconds(1));
    REQUIRE(t.patch(nullptr, R"({"a":{"b":null}})"));
    const json metadata = t.now().desired.metadata;
    CHECK_FALSE(metadata.at("a").contains("b"));
    CHECK(stamp(metadata, "") == std::string(second) + "@3");
    CHECK(stamp(metadata, "/a") == std::string(second) + "@3");
    CHECK(stamp(metadata, "/a/c") == std::string(first) + "@2");
}

TEST_CASE("an array is one leaf", "[twins]") {
    test::twin_bench t;
    REQUIRE(t.patch(nullptr, R"({"list":[1,{"x":2},[3]]})"));
    CHECK(t.now().desired.metadata->at("list").dump() ==
          R"({"$lastUpdated":"2026-01-02T03:04:05Z","$lastUpdatedVersion":2})");
}

TEST_CASE("metadata follows a member that changes between scalar, array and object", "[twins]") {
    test::twin_bench t;
    const auto names_below_a = [&] {
        std::string names;
        const json metadata = t.now().desired.metadata;
        for (const auto& member : metadata.at("a").items()) {
            names += member.key().starts_with('$') ? "" : member.key();
        }
        return names;
    };
    REQUIRE(t.patch(nullptr, R"({"a":{"x":1,"y":2}})"));
    CHECK(names_below_a() == "xy");
    REQUIRE(t.patch(nullptr, R"({"a":1})"));
    CHECK(names_below_a().empty());
    REQUIRE(t.patch(nullptr, R"({"a":{"z":1}})"));
    CHECK(names_below_a() == "z");
    REQUIRE(t.patch(nullptr, R"({"a":[1]})"));
    CHECK(names_below_a().empty());
}

TEST_CASE("a write of tags leaves the metadata of the properties", "[twins]") {
    test::twin_bench t;
    const twin before = t.now();
    t.clock.advance(std::chrono::seconds(1));
    REQUIRE(t.patch(R"({"t":1})", nullptr));
    CHECK(t.now().desired == before.desired);
    CHECK(t.now().reported == before.reported);
}

TEST_CASE("a write of one section leaves the other's metadata", "[twins]") {
    test::twin_bench t;
    const twin before = t.now();
    t.clock.advance(std::chrono::seconds(1));
    REQUIRE(t.patch(nullptr, R"({"a":1})"));
    CHECK(t.now().reported == before.reported);
    const twin_section desired = t.now().desired;
    REQUIRE(t.report(R"({"r":1})"));
    CHECK(t.now().desired == desired);
}

TEST_CASE("an empty patch of desired stamps the section alone", "[twins]") {
    test::twin_bench t;
    REQUIRE(t.patch(nullptr, R"({"a":1})"));
    t.clock.advance(std::chrono::seconds(1));
    REQUIRE(t.patch(nullptr, "{}"));
    CHECK(stamp(t.now().desired.metadata, "") == std::string(second) + "@3");
    CHECK(stamp(t.now().desired.metadata, "/a") == std::string(first) + "@2");
}

} // namespace iothub::core
