// Peers that want to resume links (OASIS AMQP 1.0, part 2 §2.6.13): the hub keeps no state of a
// link that is gone, and says so by leaving the unsettled map of its answer empty.

#include "raw_device.hpp"
#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::test;
using namespace iothub::test::amqp_bytes;
using namespace std::chrono_literals;

namespace {

const std::string null = hex("40");
const std::string yes = hex("41");
const std::string accepted = hex("00 53 24 45");
const std::string handle = hex("52 07");
const std::string events = "/devices/dev1/messages/events";
const std::string bound = "/devices/dev1/messages/devicebound";

struct resuming : raw_device {
    using raw_device::raw_device;

    // A link of that name, with these unsettled deliveries, of which there may be more.
    void attach(const std::string& name, bool receives, const std::string& unsettled) {
        const std::string address = str(receives ? bound : events);
        const std::string own = hex(receives ? "00 53 29 45" : "00 53 28 45");
        const std::string hubs = performative(receives ? "28" : "29", {address});
        send(amqp_frame("12", {str(name), handle, hex(receives ? "41" : "42"), null, null,
                               receives ? hubs : own, receives ? own : hubs, unsettled, yes,
                               uint_of(0)}));
    }
};

std::string unsettled(const std::string& tag, const std::string& state) {
    return map_8(2, bin(tag) + state);
}

} // namespace

TEST_CASE("a sender that resumes what the hub does not know begins anew") {
    const std::string state = GENERATE(hex("40"), accepted, hex("00 53 23 45"));
    world w;
    resuming p(w);
    p.attach("telemetry", false, unsettled("t", state));
    INFO(p.reason());
    CHECK(p.count("12") == 3);
    CHECK(p.count("16") == 0);
    // A transfer that says it is resumed: the hub has never seen it.
    p.send(frame_of(
        0, 0,
        performative("14", {handle, uint_of(1), bin("t"), null, null, null, null, null, yes}) +
            data_section("a")));
    CHECK_FALSE(p.ended());
    CHECK(w.events("dev1").size() == 1);
}

TEST_CASE("a receiver that has settled what the hub does not know settles nothing") {
    world w;
    REQUIRE(w.hub.send(device, core::c2d_message()));
    resuming p(w);
    p.attach("messages", true, unsettled("0123456789abcdef", accepted));
    CHECK(p.count("12") == 3);
    p.send(flow_frame(7, 10));
    CHECK(p.count("14") == 2); // the answer to the token, and the message
    CHECK(w.hub.c2d().list(device).size() == 1);
    CHECK_FALSE(p.ended());
}

TEST_CASE("a link that was detached, but not closed, is attached anew under its name") {
    world w;
    REQUIRE(w.hub.send(device, core::c2d_message()));
    resuming p(w);
    for (int i = 1; i <= 3; ++i) {
        p.attach("messages", true, i == 1 ? null : unsettled("0123456789abcdef", null));
        p.send(flow_frame(7, 10));
        CHECK(p.count("14") == 1 + i);
        p.send(amqp_frame("16", {handle})); // not closed
        CHECK(p.count("16") == i);
    }
    CHECK_FALSE(p.ended());
    CHECK_FALSE(w.hub.c2d().list(device).front().locked);
}

TEST_CASE("unsettled maps of other types") {
    const auto [what, ends] = GENERATE(Catch::Generators::table<std::string, bool>({
        {hex("45"), true},                                              // a list
        {str("t"), true},                                               //
        {map_8(1, bin("t")), true},                                     // of an odd count
        {map_8(2, str("t") + hex("40")), false},                        // a key that is no tag
        {map_8(4, bin("t") + hex("40") + bin("t") + hex("40")), false}, // a tag twice
        {map_8(2, bin("t") + str("x")), false},                         // no delivery state
        {map_8(0, ""), false},
    }));
    world w;
    resuming p(w);
    p.attach("telemetry", false, what);
    CHECK(p.ended() == ends);
    CHECK((p.count("18") == 1) == ends);
    if (!ends) {
        p.send(transfer_frame(7, 1, data_section("a")));
        CHECK(w.events("dev1").size() == 1);
    }
}
