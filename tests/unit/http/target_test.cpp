#include "emulator/http/target.hpp"

#include "support/catch.hpp"

using namespace iothub;
using http::parse_target;
using segments = std::vector<std::string>;

TEST_CASE("target: segments are decoded once") {
    CHECK(parse_target("/devices/a%2Bb%2525")->path == segments{"devices", "a+b%25"});
    CHECK(parse_target("/devices/a+b")->path == segments{"devices", "a+b"});
    CHECK(parse_target("/twins/d/modules/$edgeAgent")->path ==
          parse_target("/twins/d/modules/%24edgeAgent")->path);
}

TEST_CASE("target: a slash at the end counts for nothing") {
    CHECK(parse_target("/devices/?top=5")->path == segments{"devices"});
    CHECK(parse_target("/")->path.empty());
    CHECK(parse_target("/devices//")->path == segments{"devices", ""});
}

TEST_CASE("target: a path encoded as a whole is split after decoding") {
    CHECK(parse_target("/devices%2Fd%2fmodules%2Fm?api-version=1")->path ==
          segments{"devices", "d", "modules", "m"});
    CHECK(parse_target("/devices%2Fd%2525")->path == segments{"devices", "d%25"});
}

TEST_CASE("target: an encoded slash inside a segment stays there") {
    CHECK(parse_target("/devices/a%2Fb")->path == segments{"devices", "a/b"});
    CHECK(parse_target("/devices/%2e%2e%2f")->path == segments{"devices", "../"});
}

TEST_CASE("target: the query is decoded, and names have no case") {
    const auto t = parse_target("/devices?top=5&Api-Version=2021%2D04-12&flag&top=6");
    REQUIRE(t);
    CHECK(*t->find("api-version") == "2021-04-12");
    CHECK(*t->find("top") == "5");
    CHECK(t->find("flag")->empty());
    CHECK(t->find("none") == nullptr);
}

TEST_CASE("target: the absolute form is understood") {
    CHECK(parse_target("https://localhost:8443/devices/d?a=b")->path == segments{"devices", "d"});
    CHECK(parse_target("http://localhost")->path.empty());
}

TEST_CASE("target: malformed escapes, control characters and fragments are refused") {
    const std::string text =
        GENERATE("/devices/%zz", "/devices/%2", "/devices/%", "/devices/%00", "/devices/a%0d%0ab",
                 "/devices?a=%zz", "/devices?a=%00", "/devices%2F%00", "/%2F%zz", "/devices/%7f",
                 "/devices/a#b", "/devices/a?b=c#d", "/devices/a?#", "/#", "https://h/devices#");
    INFO(text);
    const auto t = parse_target(text);
    REQUIRE_FALSE(t);
    CHECK(t.error().code == errc::generic_bad_request);
}
