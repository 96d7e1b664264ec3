// Whom the "to" of a back end's message means.
#include "emulator/amqp/nodes/service/c2d_target.hpp"

#include <string>

#include "support/catch.hpp"

namespace iothub::amqp {

namespace {

// "d", "d/m", "d or e", "nobody".
std::string meant(const char* to) {
    std::string all;
    for (const identity_key& key : c2d_targets(to)) {
        all += (all.empty() ? "" : " or ") + key.text();
    }
    return all.empty() ? "nobody" : all;
}

} // namespace

TEST_CASE("messages to devices and modules, as SDKs address them", "[amqp]") {
    CHECK(meant("/devices/d/messages/deviceBound") == "d");
    CHECK(meant("/devices/d/messages/devicebound") == "d");
    CHECK(meant("/Devices/D/Messages/DEVICEBOUND/") == "D");
    CHECK(meant("/devices/d/modules/m/messages/deviceBound") == "d/m");
    CHECK(meant("devices/d/messages/devicebound") == "d");
    CHECK(meant("amqps://hub.test:5671/devices/d/messages/devicebound") == "d");
}

TEST_CASE("ids are decoded once, or stand as they are", "[amqp]") {
    CHECK(meant("/devices/dev%201/messages/deviceBound") == "dev 1 or dev%201");
    CHECK(meant("/devices/a%2525/messages/deviceBound") == "a%25 or a%2525");
    CHECK(meant("/devices/a%2Bb/messages/deviceBound") == "a+b or a%2Bb");
    CHECK(meant("/devices/50%/messages/deviceBound") == "50%");
    CHECK(meant("/devices/d/modules/%24edgeAgent/messages/deviceBound") ==
          "d/$edgeAgent or d/%24edgeAgent");
}

TEST_CASE("a plus may be a space", "[amqp]") {
    CHECK(meant("/devices/a+b/messages/deviceBound") == "a+b or a b");
    CHECK(meant("/devices/a+b/modules/c+d/messages/deviceBound") == "a+b/c+d or a b/c d");
    CHECK(meant("/devices/a+%2B/messages/deviceBound") == "a++ or a+%2B or a +");
}

TEST_CASE("addresses that mean nobody's messages", "[amqp]") {
    for (const char* to :
         {"", "/", "d", "/devices/d", "/devices/d/messages", "/devices/d/messages/events",
          "/devices//messages/deviceBound", "/devices/d/messages/deviceBound/x", "/devices/d/twin",
          "/devices/d/methods/deviceBound", "/messages/deviceBound",
          "/devices/d/modules/messages/deviceBound", "/devices/d/e/messages/deviceBound"}) {
        CAPTURE(to);
        CHECK(meant(to) == "nobody");
    }
}

} // namespace iothub::amqp
