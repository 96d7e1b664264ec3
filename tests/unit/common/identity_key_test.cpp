#include "common/identity_key.hpp"

#include <unordered_set>

#include "support/catch.hpp"

namespace iothub {

TEST_CASE("an identity is named by its device, and its module where it is one", "[identity_key]") {
    CHECK(identity_key{"d", ""}.text() == "d");
    CHECK(identity_key{"d", "m"}.text() == "d/m");
    CHECK_FALSE(identity_key{"d", ""}.is_module());
    CHECK(identity_key{"d", "m"}.is_module());
}

TEST_CASE("identities differ by device, module and case", "[identity_key]") {
    const std::unordered_set<identity_key> keys{{"d", ""},  {"D", ""},  {"d", "m"},
                                                {"m", "d"}, {"d", "M"}, {"", "d"}};
    CHECK(keys.size() == 6);
    CHECK(keys.contains({"d", "m"}));
    CHECK_FALSE(keys.contains({"e", "m"}));
}

TEST_CASE("what happens to a device happens to its modules", "[identity_key]") {
    const identity_key device{"d", ""};
    const identity_key module{"d", "m"};
    CHECK(device.covers(device));
    CHECK(device.covers(module));
    CHECK(module.covers(module));
    CHECK_FALSE(module.covers(device));
    CHECK_FALSE(module.covers({"d", "n"}));
    CHECK_FALSE(device.covers({"dd", ""}));
    CHECK_FALSE(device.covers({"dd", "m"}));
}

} // namespace iothub
