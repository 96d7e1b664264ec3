#include "common/result.hpp"

#include <stdexcept>

#include "support/catch.hpp"

namespace iothub {

TEST_CASE("the log is told the detail of an error, or its message where there is none",
          "[result]") {
    CHECK(log_text({errc::unauthorized_access, "Unauthorized access", "unknown device"}) ==
          "unknown device");
    CHECK(log_text({errc::argument_invalid, "bad id"}) == "bad id");
}

TEST_CASE("reading the value of a failed result throws with its message", "[result]") {
    const result<int> failed = error{errc::argument_invalid, "bad id"};
    CHECK_THROWS_AS(failed.value(), std::logic_error);
    CHECK_THROWS_WITH(failed.value(), Catch::Contains("bad id"));
}

} // namespace iothub
