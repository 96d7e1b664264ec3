#include "support/catch.hpp"
#include "support/twin_bench.hpp"

namespace iothub::core {

TEST_CASE("a patch merges objects, replaces the rest and removes what is null", "[twins]") {
    test::twin_bench t;
    REQUIRE(t.patch(nullptr, R"({"a":{"b":1,"c":{"d":2,"e":3}},"list":[1,2,3],"s":"x"})"));
    REQUIRE(t.patch(nullptr, R"({"a":{"b":null,"c":{"d":5}},"list":[9],"n":1.0})"));
    CHECK(t.desired() == R"({"a":{"c":{"d":5,"e":3}},"list":[9],"s":"x","n":1.0})");
}

TEST_CASE("removing the last member of an object leaves it empty", "[twins]") {
    test::twin_bench t;
    REQUIRE(t.patch(R"({"a":{"b":1}})", R"({"a":{"b":{"c":1}}})"));
    REQUIRE(t.patch(R"({"a":{"b":null}})", R"({"a":{"b":{"c":null}}})"));
    CHECK(t.tags() == R"({"a":{}})");
    CHECK(t.desired() == R"({"a":{"b":{}}})");
}

TEST_CASE("nulls that remove nothing leave nothing", "[twins]") {
    test::twin_bench t;
    REQUIRE(t.patch(R"({"x":null,"y":{"z":null}})", R"({"x":null,"y":{"z":null}})"));
    CHECK(t.tags() == R"({"y":{}})");
    CHECK(t.desired() == R"({"y":{}})");
}

TEST_CASE("an object replaces a scalar and a scalar an object", "[twins]") {
    test::twin_bench t;
    REQUIRE(t.patch(nullptr, R"({"a":1,"b":{"c":1},"d":[1]})"));
    REQUIRE(t.patch(nullptr, R"({"a":{"x":1},"b":2,"d":{"y":1}})"));
    CHECK(t.desired() == R"({"a":{"x":1},"b":2,"d":{"y":1}})");
}

TEST_CASE("null for a whole section removes all of it", "[twins]") {
    test::twin_bench t;
    REQUIRE(t.patch(R"({"t":1})", R"({"a":1,"b":{"c":1}})"));
    REQUIRE(t.patch("null", nullptr));
    CHECK(t.tags() == "{}");
    CHECK(t.desired() == R"({"a":1,"b":{"c":1}})");
    REQUIRE(t.patch(nullptr, "null"));
    CHECK(t.desired() == "{}");
    CHECK(t.now().desired.version == 3);
}

TEST_CASE("a section that is not sent stays", "[twins]") {
    test::twin_bench t;
    REQUIRE(t.patch(R"({"t":1})", R"({"a":1})"));
    REQUIRE(t.patch(R"({"u":2})", nullptr));
    CHECK(t.tags() == R"({"t":1,"u":2})");
    CHECK(t.desired() == R"({"a":1})");
}

TEST_CASE("each write raises version and etag by one, and desired only when it is sent",
          "[twins]") {
    test::twin_bench t;
    const auto check = [&](std::uint64_t version, std::uint64_t etag, std::uint64_t desired) {
        CHECK(t.now().version == version);
        CHECK(t.now().etag == etag);
        CHECK(t.now().desired.version == desired);
        CHECK(t.now().reported.version == 1);
    };
    REQUIRE(t.patch(R"({"t":1})", nullptr));
    check(3, 2, 1);
    REQUIRE(t.patch(nullptr, R"({"a":1})"));
    check(4, 3, 2);
    REQUIRE(t.patch(R"({"t":2})", R"({"a":2})"));
    check(5, 4, 3);
    REQUIRE(t.patch(nullptr, R"({"a":2})")); // equal values
    check(6, 5, 4);
    REQUIRE(t.patch(nullptr, "{}"));
    check(7, 6, 5);
}

TEST_CASE("$metadata and $version of desired are ignored wherever the SDKs send them back",
          "[twins]") {
    test::twin_bench t;
    REQUIRE(t.patch(nullptr, R"({"$metadata":{"$lastUpdated":"x"},"a":1,"$version":77})"));
    CHECK(t.desired() == R"({"a":1})");
    CHECK(t.now().desired.version == 2);
    REQUIRE(t.replace(nullptr, R"({"$metadata":{},"b":1,"$version":77})"));
    CHECK(t.desired() == R"({"b":1})");
    CHECK(t.now().desired.version == 3);
}

TEST_CASE("a patch of neither tags nor desired is no write, but still needs its etag", "[twins]") {
    test::twin_bench t;
    const twin before = t.now();
    CHECK(t.patch(nullptr, nullptr).value() == before);
    CHECK(t.now() == before);
    CHECK(t.patch(nullptr, nullptr, precondition::exactly("x")).error().code ==
          errc::precondition_failed);
}

TEST_CASE("a patch answers with the whole twin as it is kept", "[twins]") {
    test::twin_bench t;
    const auto answered = t.patch(R"({"t":1})", R"({"a":1})").value();
    CHECK(answered == t.now());
}

TEST_CASE("If-Match on a twin: none and wildcard apply, an etag must be the current one",
          "[twins]") {
    test::twin_bench t;
    const bool replaces = GENERATE(false, true);
    const auto write = [&](const precondition& demand) {
        return replaces ? t.replace(R"({"t":1})", nullptr, demand)
                        : t.patch(R"({"t":1})", nullptr, demand);
    };
    CHECK(write({}));
    CHECK(write(precondition::anything()));
    CHECK(write(precondition::exactly(etag_text(t.now()))));
    const twin before = t.now();
    const std::string stale = GENERATE("AAAAAAAAAAE=", "", "AAAAAAAAAAM", "x");
    const auto refused = write(precondition::exactly(stale));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::precondition_failed);
    CHECK(refused.error().message == "ETag mismatch for device ID 'd'");
    CHECK(t.now() == before);
}

TEST_CASE("a refused patch changes nothing, not even its good half", "[twins]") {
    test::twin_bench t;
    REQUIRE(t.patch(R"({"t":1})", R"({"a":1})"));
    const twin before = t.now();
    const auto [tags, desired] = GENERATE(table<const char*, const char*>({
        {R"({"t":2})", R"({"a.b":1})"},
        {R"({"t.u":2})", R"({"a":2})"},
        {R"({"t":2})", "[]"},
        {"7", R"({"a":2})"},
        {R"({"t":2})", R"("text")"},
    }));
    for (const auto& refused : {t.patch(tags, desired), t.replace(tags, desired)}) {
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == errc::argument_invalid);
    }
    CHECK(t.now() == before);
}

} // namespace iothub::core
