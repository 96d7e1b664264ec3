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
    CHECK(held.has(subscription::all_messages));
    CHECK(held.has(subscription::c2d));
}

TEST_CASE("messages go out at the best QoS that they are subscribed to with") {
    subscriptions held;
    CHECK_FALSE(held.messages_at(false));
    held.add({1, {{"devices/d/modules/m/inputs/#", 0}}}, module);
    CHECK(held.messages_at(true) == 0);
    CHECK_FALSE(held.messages_at(false));
    held.add({2, {{"devices/d/modules/m/#", 1}}}, module);
    CHECK(held.messages_at(true) == 1);
    CHECK(held.messages_at(false) == 1);
    held.remove({3, {"devices/d/modules/m/#"}}, module);
    CHECK(held.messages_at(true) == 0);
    CHECK_FALSE(held.messages_at(false));
}

TEST_CASE("the newest QoS of a filter counts, and outlasts the connection") {
    subscriptions held;
    held.add({1, {{"devices/d/messages/devicebound/#", 1}}}, device);
    CHECK(subscriptions(held.bits()).messages_at(false) == 1);
    held.add({2, {{"devices/d/messages/devicebound/#", 0}}}, device);
    CHECK(subscriptions(held.bits()).messages_at(false) == 0);
    held.add({3, {{"devices/d/messages/devicebound/#", 2}}}, device);
    CHECK(subscriptions(held.bits()).messages_at(false) == 1);
}

TEST_CASE("who subscribes with encoded ids gets topics with such") {
    const identity_key odd{"a@b", ""};
    subscriptions held;
    held.add({1, {{"devices/a%40b/messages/devicebound/#", 1}}}, odd);
    CHECK(subscriptions(held.bits()).ids_encoded());
    held.add({2, {{"$iothub/twin/res/#", 0}}}, odd);
    CHECK(held.ids_encoded());
    held.add({3, {{"devices/a@b/messages/devicebound/#", 1}}}, odd);
    CHECK_FALSE(held.ids_encoded());
}

TEST_CASE("unsubscribing takes back what is named and nothing else") {
    subscriptions held;
    held.add({1, {{"$iothub/twin/res/#", 0}, {"$iothub/methods/POST/#", 0}}}, device);
    held.remove({2, {"$iothub/twin/res/#", "unknown"}}, device);
    CHECK_FALSE(held.has(subscription::twin_responses));
    CHECK(held.has(subscription::methods));
}
