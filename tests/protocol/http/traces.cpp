// Requests in the log, at the level trace (docs/troubleshooting.md).

#include "rest_world.hpp"
#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::test;

TEST_CASE("traces: each request is in the log with its answer, and nothing of its query") {
    rest_world w;
    w.log.trace();
    w.ask("GET", "/devices/none");
    REQUIRE_FALSE(w.log.lines().empty());
    const auto line = w.log.lines().back();
    CHECK(line.level == log_level::trace);
    CHECK(line.text.find(" GET /devices/none (0 bytes): 404 (") != std::string::npos);
    CHECK_FALSE(w.log.mentions("api-version"));
}

TEST_CASE("traces: below that level there are none") {
    rest_world w;
    w.ask("GET", "/devices");
    CHECK_FALSE(w.log.mentions("GET"));
}
