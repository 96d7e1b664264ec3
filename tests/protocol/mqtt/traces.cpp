// Packets in the log, at the level trace (docs/troubleshooting.md).

#include "emulator/mqtt/connection.hpp"
#include "support/catch.hpp"
#include "support/device_world.hpp"
#include "world.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

std::vector<std::string> traces_of(const recording_log& log) {
    std::vector<std::string> found;
    for (const auto& line : log.lines()) {
        if (line.level == log_level::trace) {
            found.push_back(line.component + ": " + line.text);
        }
    }
    return found;
}

// Connects, asks for its twin, and pings.
void converse(world& w) {
    mqtt::connection machine{w.hub, {"192.0.2.1:5000", {}}, "mqtt", [] {}};
    for (const std::string& sent :
         {packet::connect(good_connect(device)), packet::subscribe(1, {{"$iothub/twin/res/#", 0}}),
          packet::publish("$iothub/twin/GET/?$rid=1", "") + packet::pingreq()}) {
        machine.receive(sent);
        w.hub.end_turn();
        machine.take_output();
    }
}

} // namespace

TEST_CASE("each packet is named in the log, at the level trace") {
    world w;
    w.log.trace();
    converse(w);
    const auto all = traces_of(w.log);
    REQUIRE(all.size() == 8);
    const std::string begin = "mqtt: 192.0.2.1:5000 ";
    CHECK(all[0].rfind(begin + "<- CONNECT (", 0) == 0);
    CHECK(all[1] == begin + "-> CONNACK (2 bytes)");
    CHECK(all[2] == begin + "<- SUBSCRIBE (23 bytes)");
    CHECK(all[3] == begin + "-> SUBACK (3 bytes)");
    CHECK(all[4] == begin + "<- PUBLISH $iothub/twin/GET/?$rid=1 (26 bytes)");
    CHECK(all[5] == begin + "<- PINGREQ (0 bytes)");
    CHECK(all[6].rfind(begin + "-> PUBLISH $iothub/twin/res/200/?$rid=1 (", 0) == 0);
    CHECK(all[7] == begin + "-> PINGRESP (0 bytes)");
}

TEST_CASE("below that level no packet is named") {
    world w;
    converse(w);
    CHECK(traces_of(w.log).empty());
}
