#include "emulator/http/if_match.hpp"

#include "support/catch.hpp"

using namespace iothub;
using http::parse_if_match;
using kind = core::precondition::kind;

TEST_CASE("If-Match: absent, empty and two quotes demand nothing") {
    CHECK(parse_if_match(nullptr).demand == kind::none);
    const std::string text = GENERATE("", "  ", "\"\"", " \"\" ");
    CHECK(parse_if_match(&text).demand == kind::none);
}

TEST_CASE("If-Match: a star demands that there is something") {
    const std::string text = GENERATE("*", "\"*\"", " * ", "W/\"*\"");
    CHECK(parse_if_match(&text).demand == kind::any);
}

TEST_CASE("If-Match: everything else is an etag") {
    const std::string text =
        GENERATE("\"AAAAAAAAAAE=\"", "AAAAAAAAAAE=", "W/\"AAAAAAAAAAE=\"", " \"AAAAAAAAAAE=\" ");
    const auto demand = parse_if_match(&text);
    CHECK(demand.demand == kind::etag);
    CHECK(demand.etag == "AAAAAAAAAAE=");
}

TEST_CASE("If-Match: only one pair of quotes is taken away") {
    const std::string doubled = "\"\"a\"\"";
    CHECK(parse_if_match(&doubled).etag == "\"a\"");
    const std::string lonely = "\"";
    CHECK(parse_if_match(&lonely).etag == "\"");
}

TEST_CASE("If-Match: a mark of weakness with no etag behind it is no empty one") {
    const std::string bare = "W/";
    CHECK(parse_if_match(&bare).demand == kind::etag);
}
