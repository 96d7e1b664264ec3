#include "emulator/core/twins/twin_service.hpp"
#include "support/catch.hpp"
#include "support/twin_bench.hpp"

namespace iothub::core {

namespace {

twin_change content(const char* tags, const char* desired) {
    return {test::twin_bench::parsed(tags), test::twin_bench::parsed(desired)};
}

// A few bytes more than tags may have, in strings that may be.
std::string too_many_tags() {
    json tags = json::object();
    for (const char* name : {"a", "b"}) {
        tags[name] = std::string(4096, 'x');
    }
    tags["c"] = std::string(10, 'x');
    return tags.dump();
}

} // namespace

TEST_CASE("what a twin begins with is merged, and no version moves", "[twins]") {
    test::twin_bench b;
    const auto filled =
        b.hub.twins().put_first(b.key, content(R"({"t":1,"gone":null})", R"({"d":{"e":2}})"));
    REQUIRE(filled);
    CHECK(b.tags() == R"({"t":1})");
    CHECK(b.desired() == R"({"d":{"e":2}})");
    CHECK(b.now().version == 2);
    CHECK(b.now().desired.version == 1);
    CHECK(etag_text(b.now()) == "AAAAAAAAAAE=");
    CHECK(b.now().desired.metadata->at("d").at("$lastUpdatedVersion") == 1);
}

TEST_CASE("a twin may begin with nothing", "[twins]") {
    test::twin_bench b;
    const auto before = b.now();
    const auto filled = b.hub.twins().put_first(b.key, {});
    REQUIRE(filled);
    CHECK(b.tags() == "{}");
    CHECK(b.now().desired.metadata->dump() == before.desired.metadata->dump());
}

TEST_CASE("what a twin cannot begin with is told before and refused then", "[twins]") {
    test::twin_bench b;
    const auto wrong = GENERATE_COPY(values<twin_change>({
        content(R"({"a.b":1})", nullptr),
        content(nullptr, R"({"$a":1})"),
        content("[1]", nullptr),
        content(nullptr, R"({"a":[null]})"),
        content(too_many_tags().c_str(), nullptr),
    }));
    const auto told = twin_service::check_first(wrong);
    const auto refused = b.hub.twins().put_first(b.key, wrong);
    REQUIRE_FALSE(told);
    REQUIRE_FALSE(refused);
    CHECK(told.error().code == errc::argument_invalid);
    CHECK(refused.error().message == told.error().message);
    CHECK(b.tags() == "{}");
    CHECK(b.desired() == "{}");
}

TEST_CASE("content that a twin can begin with passes the check", "[twins]") {
    CHECK(twin_service::check_first({}));
    CHECK(twin_service::check_first(content(R"({"t":1})", R"({"d":[1]})")));
    CHECK(twin_service::check_first(content("null", "null")));
}

TEST_CASE("nobody has no twin to fill, patch or show configurations in", "[twins]") {
    test::twin_bench b;
    const identity_key nobody{"nobody", ""};
    const auto some = content(R"({"t":1})", nullptr);
    CHECK(b.hub.twins().put_first(nobody, some).error().code == errc::device_not_found);
    CHECK(b.hub.twins().check_patch(nobody, some, {}).error().code == errc::device_not_found);
    b.hub.twins().show_configurations(nobody, json{{"c", 1}});
    CHECK_FALSE(b.store.find_twin(nobody));
}

TEST_CASE("whether a patch would pass is told in the patch's own words", "[twins]") {
    test::twin_bench b;
    const auto [change, demand] = GENERATE_COPY(table<twin_change, precondition>({
        {content(R"({"a b":1})", nullptr), precondition()},
        {content(nullptr, R"({"a":9007199254740992})"), precondition()},
        {content(too_many_tags().c_str(), nullptr), precondition()},
        {content(R"({"t":1})", nullptr), precondition::exactly("AAAAAAAAAAk=")},
    }));
    const auto told = b.hub.twins().check_patch(b.key, change, demand);
    const auto refused = b.hub.twins().patch(b.key, change, demand);
    REQUIRE_FALSE(told);
    REQUIRE_FALSE(refused);
    CHECK(told.error().code == refused.error().code);
    CHECK(told.error().message == refused.error().message);
}

TEST_CASE("a patch that would pass has not been made by asking", "[twins]") {
    test::twin_bench b;
    CHECK(b.hub.twins().check_patch(b.key, content(R"({"t":1})", R"({"d":1})"), {}));
    CHECK(b.hub.twins().check_patch(b.key, {}, {}));
    CHECK(b.tags() == "{}");
    CHECK(b.desired() == "{}");
    CHECK(b.now().version == 2);
}

TEST_CASE("what configurations have done is shown without a new version", "[twins]") {
    test::twin_bench b;
    const json shown = json::parse(R"({"c":{"status":"Applied"}})");
    b.hub.twins().show_configurations(b.key, shown);
    CHECK(b.now().configurations->dump() == shown.dump());
    b.hub.twins().show_configurations(b.key, shown);
    b.hub.twins().show_configurations(b.key, json::object());
    CHECK(b.now().configurations->dump() == "{}");
    CHECK(b.now().version == 2);
    CHECK(b.now().etag == 1);
}

} // namespace iothub::core
