#include "emulator/http/body_limit.hpp"

#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::http;

TEST_CASE("body limit: calls on many identities, and jobs, may be large") {
    const char* target = GENERATE("/devices", "/devices/", "/devices?api-version=2021-04-12",
                                  "/devices/?top=1", "/Devices", "/jobs", "/jobs/create",
                                  "/jobs/v2/j1?api-version=2021-04-12", "/JOBS/v2/j1");
    CHECK(body_limit_of(target) == 4 * 1024 * 1024);
}

TEST_CASE("body limit: nothing else may") {
    const char* target =
        GENERATE("", "/", "/devices/d", "/devices/query", "/devicesx", "/twins/d", "/jobsx",
                 "/twins/devices", "/x?/devices", "devices", "/devices//");
    CHECK(body_limit_of(target) == 1024 * 1024);
}
