#include "support/catch.hpp"
#include "support/recording_link.hpp"
#include "support/twin_bench.hpp"

namespace iothub::core {

TEST_CASE("a report merges into what was reported and answers the new version", "[twins]") {
    test::twin_bench t;
    CHECK(t.report(R"({"a":{"b":1,"c":2}})").value() == 2);
    CHECK(t.report(R"({"a":{"b":null},"d":1})").value() == 3);
    CHECK(t.reported() == R"({"a":{"c":2},"d":1})");
    CHECK(t.now().reported.version == 3);
}

TEST_CASE("a report raises the twin's version but not its etag", "[twins]") {
    test::twin_bench t;
    REQUIRE(t.report("{}"));
    CHECK(t.now().version == 3);
    CHECK(t.now().etag == 1);
    CHECK(t.now().desired.version == 1);
}

TEST_CASE("a conditional report needs the current version", "[twins]") {
    test::twin_bench t;
    CHECK(t.report(R"({"a":1})", 1).value() == 2);
    const auto stale = t.report(R"({"a":2})", 1);
    REQUIRE_FALSE(stale);
    CHECK(stale.error().code == errc::precondition_failed);
    CHECK(t.report(R"({"a":2})", 3).error().code == errc::precondition_failed);
    CHECK(t.reported() == R"({"a":1})");
    CHECK(t.report(R"({"a":3})", 2).value() == 3);
}

TEST_CASE("$version and $metadata in a report are ignored", "[twins]") {
    test::twin_bench t;
    REQUIRE(t.report(R"({"$version":99,"a":1,"$metadata":{}})"));
    CHECK(t.reported() == R"({"a":1})");
    CHECK(t.now().reported.version == 2);
}

TEST_CASE("a report that is not allowed changes nothing", "[twins]") {
    test::twin_bench t;
    const twin before = t.now();
    const char* patch = GENERATE("null", "[]", "1", R"("x")", R"({"a b":1})", R"({"a":[null]})");
    CHECK(t.report(patch).error().code == errc::argument_invalid);
    CHECK(t.now() == before);
}

TEST_CASE("the device is not told of its own report", "[twins]") {
    test::twin_bench t;
    test::recording_link link;
    t.hub.sessions().connect(t.key, link);
    REQUIRE(t.report(R"({"a":1})"));
    CHECK(link.updates.empty());
}

} // namespace iothub::core
