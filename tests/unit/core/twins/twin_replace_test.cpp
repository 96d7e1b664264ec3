#include "support/catch.hpp"
#include "support/twin_bench.hpp"

namespace iothub::core {

TEST_CASE("a replacement leaves only what it sends", "[twins]") {
    test::twin_bench t;
    REQUIRE(t.patch(R"({"t":1,"u":2})", R"({"a":{"b":1,"c":2},"d":3})"));
    REQUIRE(t.replace(R"({"v":3})", R"({"a":{"b":5}})"));
    CHECK(t.tags() == R"({"v":3})");
    CHECK(t.desired() == R"({"a":{"b":5}})");
}

TEST_CASE("a replacement wipes the sections that it does not send, and those that are null",
          "[twins]") {
    const char* absent = GENERATE(static_cast<const char*>(nullptr), "null");
    test::twin_bench t;
    REQUIRE(t.patch(R"({"t":1})", R"({"a":1})"));
    REQUIRE(t.replace(R"({"t":2})", absent));
    CHECK(t.tags() == R"({"t":2})");
    CHECK(t.desired() == "{}");
    REQUIRE(t.replace(absent, R"({"a":2})"));
    CHECK(t.tags() == "{}");
    CHECK(t.desired() == R"({"a":2})");
}

TEST_CASE("a replacement drops nulls at every depth", "[twins]") {
    test::twin_bench t;
    REQUIRE(t.replace(R"({"t":null,"u":{"v":null}})", R"({"a":null,"b":{"c":null,"d":{"e":1}}})"));
    CHECK(t.tags() == R"({"u":{}})");
    CHECK(t.desired() == R"({"b":{"d":{"e":1}}})");
}

TEST_CASE("a replacement goes on counting", "[twins]") {
    test::twin_bench t;
    REQUIRE(t.patch(nullptr, R"({"a":1})"));
    REQUIRE(t.replace(nullptr, R"({"a":1})"));
    CHECK(t.now().desired.version == 3);
    CHECK(t.now().version == 4);
    CHECK(t.now().etag == 3);
}

TEST_CASE("a replacement does not touch what was reported", "[twins]") {
    test::twin_bench t;
    REQUIRE(t.report(R"({"r":1})"));
    const twin_section before = t.now().reported;
    t.clock.advance(std::chrono::seconds(1));
    REQUIRE(t.replace(R"({"t":1})", R"({"a":1})"));
    CHECK(t.now().reported == before);
}

TEST_CASE("a replacement leaves metadata of what it sends only", "[twins]") {
    test::twin_bench t;
    REQUIRE(t.patch(nullptr, R"({"a":1,"b":{"c":1}})"));
    t.clock.advance(std::chrono::seconds(1));
    REQUIRE(t.replace(nullptr, R"({"b":{"x":null}})"));
    CHECK(t.now().desired.metadata->dump() ==
          R"({"$lastUpdated":"2026-01-02T03:04:06Z","$lastUpdatedVersion":3,)"
          R"("b":{"$lastUpdated":"2026-01-02T03:04:06Z","$lastUpdatedVersion":3}})");
}

} // namespace iothub::core
