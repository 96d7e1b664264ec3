// What the addresses of links mean (device protocol §2.4; service API §7.1, §7.5).
#include "emulator/amqp/address.hpp"

#include <string>

#include "support/catch.hpp"

namespace iothub::amqp {

namespace {

// "d/m telemetry", and " or …" what it is when nothing was encoded.
std::string device_at(const char* text) {
    const address read = parse_address(text);
    const auto* found = std::get_if<device_address>(&read.target);
    if (found == nullptr) {
        return "none";
    }
    constexpr const char* names[] = {"telemetry", "device-bound", "twin", "methods"};
    std::string all = found->key.text() + " " + names[static_cast<int>(found->what)];
    return found->literally ? all + " or " + found->literally->text() : all;
}

template <class Target>
bool is(const char* text) {
    return std::holds_alternative<Target>(parse_address(text).target);
}

} // namespace

TEST_CASE("addresses of devices and modules, as SDKs write them", "[amqp]") {
    CHECK(device_at("/devices/d/messages/events") == "d telemetry");
    CHECK(device_at("devices/d/messages/deviceBound/") == "d device-bound");
    CHECK(device_at("amqps://hub.test:5671/devices/d/modules/m/twin") == "d/m twin");
    CHECK(device_at("/devices/D/modules/M/Methods/DeviceBound") == "D/M methods");
    CHECK(device_at("/devices/modules/messages/events") == "modules telemetry");
}

TEST_CASE("ids in addresses are encoded or not", "[amqp]") {
    CHECK(device_at("/devices/a%20b/twin") == "a b twin or a%20b");
    CHECK(device_at("/devices/a%b/twin") == "a%b twin");
    CHECK(device_at("/devices/a%25b/twin") == "a%b twin or a%25b");
    CHECK(device_at("/devices/a%2fb/twin") == "a/b twin or a%2fb");
    CHECK(device_at("/devices/d/modules/%24edgeHub/twin") == "d/$edgeHub twin or d/%24edgeHub");
}

TEST_CASE("addresses that are no device's", "[amqp]") {
    for (const char* text : {"", "/", "/devices", "/devices/d", "/devices/d/modules/m",
                             "/devices/d/messages", "/devices/d/twin/x", "/devices//twin",
                             "/devices/d/e/twin", "/device/d/twin", "amqps://hub.test"}) {
        CAPTURE(text);
        CHECK(device_at(text) == "none");
        CHECK(is<unknown_address>(text));
    }
}

TEST_CASE("addresses of back ends", "[amqp]") {
    CHECK(is<cbs_address>("$cbs"));
    CHECK(is<cbs_address>("amqps://hub.test/$CBS"));
    CHECK(is<service_address>("/messages/deviceBound"));
    CHECK(is<service_address>("messages/serviceBound/feedback"));
    CHECK(is<service_address>("/messages/servicebound/fileNotifications"));
    CHECK(is<management_address>("$management"));
    CHECK(is<management_address>("entity/$management"));
    CHECK(is<partition_address>("entity/ConsumerGroups/$Default/Partitions/0"));
    CHECK(is<redirected_address>("/messages/events/$management"));
    CHECK(is<redirected_address>("/messages/events"));
    CHECK(is<redirected_address>("amqps://hub.test/messages/events/"));
    CHECK(is<redirected_address>("amqps://hub.test/messages/events/ConsumerGroups/g/Partitions/0"));
    CHECK(is<partition_address>("messages/events/ConsumerGroups/g/Partitions/0"));
}

} // namespace iothub::amqp
