#include "common/hub_topics.hpp"

#include "support/catch.hpp"

namespace iothub::topics {

namespace {

const identity_key device{"d", ""};
const identity_key module{"d", "m"};

} // namespace

TEST_CASE("devices and modules may subscribe to twin responses, desired properties and methods",
          "[hub_topics]") {
    for (const identity_key& self : {device, module}) {
        CHECK(parse_filter("$iothub/twin/res/#", self) == subscription::twin_responses);
        CHECK(parse_filter("$iothub/twin/PATCH/properties/desired/#", self) ==
              subscription::desired_properties);
        CHECK(parse_filter("$iothub/methods/POST/#", self) == subscription::methods);
    }
}

TEST_CASE("a device may subscribe to its cloud-to-device messages", "[hub_topics]") {
    CHECK(parse_filter("devices/d/messages/devicebound/#", device) == subscription::c2d);
}

TEST_CASE("a module may subscribe to its inputs in the words of every SDK", "[hub_topics]") {
    CHECK(parse_filter("devices/d/modules/m/inputs/#", module) == subscription::inputs);
    CHECK(parse_filter("devices/d/modules/m/#", module) == subscription::all_messages);
    CHECK(parse_filter("devices/d/modules/m/messages/devicebound/#", module) == subscription::c2d);
}

TEST_CASE("what belongs to another identity cannot be subscribed to", "[hub_topics]") {
    const std::string filter =
        GENERATE("devices/e/messages/devicebound/#", "devices/+/messages/devicebound/#",
                 "devices/d/modules/m/inputs/#", "devices/d/modules/m/#", "devices/d/#",
                 "devices/#", "#", "+/#", "");
    CAPTURE(filter);
    CHECK_FALSE(parse_filter(filter, device));
}

TEST_CASE("a module has no part in its device or in another module", "[hub_topics]") {
    const std::string filter =
        GENERATE("devices/d/messages/devicebound/#", "devices/d/modules/n/inputs/#",
                 "devices/e/modules/m/#", "devices/d/modules/+/inputs/#", "devices/d/inputs/#");
    CAPTURE(filter);
    CHECK_FALSE(parse_filter(filter, module));
}

TEST_CASE("near misses of the hub's filters are refused", "[hub_topics]") {
    const std::string filter =
        GENERATE("$iothub/#", "$iothub/twin/#", "$iothub/twin/res", "$iothub/twin/res/+",
                 "$iothub/twin/GET/#", "$iothub/twin/PATCH/properties/reported/#",
                 "$iothub/methods/#", "$iothub/methods/res/#", "$IOTHUB/twin/res/#", "$SYS/#",
                 "$iothub/twin/res/##", "devices/d/messages/events/#");
    CAPTURE(filter);
    CHECK_FALSE(parse_filter(filter, device));
}

TEST_CASE("ids in a filter may be percent-encoded, as Python does", "[hub_topics]") {
    const identity_key self{"a@b c", "m#1"};
    CHECK(parse_filter("devices/a%40b%20c/modules/m%231/inputs/#", self) == subscription::inputs);
    CHECK(parse_filter("devices/a@b c/modules/m#1/inputs/#", self) == subscription::inputs);
    CHECK_FALSE(parse_filter("devices/a%40b%20d/modules/m%231/inputs/#", self));
    CHECK(names_encoded_ids("devices/a%40b%20c/modules/m%231/inputs/#", self));
    CHECK_FALSE(names_encoded_ids("devices/a@b c/modules/m#1/inputs/#", self));
    CHECK_FALSE(names_encoded_ids("devices/d/messages/devicebound/#", device));
    CHECK_FALSE(names_encoded_ids("$iothub/twin/res/#", self));
}

} // namespace iothub::topics
