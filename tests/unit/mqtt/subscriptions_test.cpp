#include "emulator/mqtt/subscriptions.hpp"

#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::mqtt;
using topics::subscription;

namespace {

const identity_key device{"d", ""};
const identity_key module{"d", "m"};

} // namespace

TEST_CASE("filters are granted or refused one by one, QoS 2 as 1") {
    subscriptions held;
    const auto codes = held.add({1,
                                 {{"$iothub/twin/res/#", 0},
                                  {"devices/d/messages/devicebound/#", 2},
                                  {"devices/e/messages/devicebound/#", 1},
                                  {"#", 0}}},
                                device);
    CHECK(codes == std::vector<std::uint8_t>{0, 1, 0x80, 0x80});
    CHECK(held.has(subscription::twin_responses));
    CHECK(held.has(subscription::c2d));
    CHECK_FALSE(held.has(subscription::methods));
}

TEST_CASE("a module's filters") {
    subscriptions held;
    const auto codes = held.add({1,
                                 {{"devices/d/modules/m/#", 1},
                                  {"devices/d/modules/m/messages/devicebound/#", 1},
                                  {"devices/d/modules/n/#", 1},
                                  {"devices/d/messages/devicebound/#", 1}}},
                                module);
    CHECK(codes == std::vector<std::uint8_t>{1, 1, 0x80, 0x80});
    CHECK(held.has(subscription::inputs));
}

TEST_CASE("unsubscribing takes back what is named and nothing else") {
    subscriptions held;
    held.add({1, {{"$iothub/twin/res/#", 0}, {"$iothub/methods/POST/#", 0}}}, device);
    held.remove({2, {"$iothub/twin/res/#", "unknown"}}, device);
    CHECK_FALSE(held.has(subscription::twin_responses));
    CHECK(held.has(subscription::methods));
}
