#include "common/letter_case.hpp"

#include "support/catch.hpp"

namespace iothub {

TEST_CASE("only ASCII letters have two cases", "[letter_case]") {
    CHECK(equal_ignoring_case("Content-Length", "cONTENT-lENGTH"));
    CHECK_FALSE(equal_ignoring_case("[", "{"));
    CHECK_FALSE(equal_ignoring_case("a", "ab"));
    CHECK(lower_case("HUB.Azure-Devices.NET[\xc3\x84") == "hub.azure-devices.net[\xc3\x84");
}

TEST_CASE("a prefix is found in any case", "[letter_case]") {
    CHECK(starts_with_ignoring_case("IoTHub-App-k", "iothub-app-"));
    CHECK(starts_with_ignoring_case("x", ""));
    CHECK_FALSE(starts_with_ignoring_case("iothub", "iothub-app-"));
    CHECK_FALSE(starts_with_ignoring_case("", "a"));
}

} // namespace iothub
