// How deliveries are settled, as each client asks for it (device protocol §2.2, §2.4, §2.6; service
// API §7.3): .NET sends unsettled, and leaves the settling of what it receives to the hub.

#include "back_end_peer.hpp"
#include "device_peer.hpp"

using namespace iothub;
using namespace iothub::test;
using namespace std::chrono_literals;

namespace {

struct second_mode {
    explicit second_mode(world& w)
        : d(w)
        , in(d.p.receiver(d.at("messages/deviceBound"), {.name = {}, .second = true})) {
        REQUIRE(in.attached);
    }

    // The number of its delivery.
    std::uint64_t receive(const std::string& body) {
        core::c2d_message m;
        m.body = body;
        REQUIRE(d.w.hub.c2d().enqueue(device, m));
        d.p.run();
        REQUIRE_FALSE(in.inbox.empty());
        return in.inbox.back().number;
    }

    device_peer d;
    peer_link& in;
};

} // namespace

TEST_CASE("telemetry that is sent unsettled is accepted and settled by the hub") {
    const bool second = GENERATE(false, true);
    world w;
    device_peer d(w);
    peer_link& out = d.p.sender(d.at("messages/events"), {.name = {}, .second = second});
    CHECK_FALSE(out.settles_at_once);
    CHECK(out.second == second);
    for (const char* const body : {"a", "b", "c"}) {
        const disposition told = out.sent[d.p.send(out, text_message(body))];
        CHECK(told.state == "accepted");
        CHECK(told.settled);
    }
    CHECK(w.events("dev1").size() == 3);
}

TEST_CASE("telemetry that cannot be kept is rejected and settled by the hub") {
    world w;
    device_peer d(w);
    peer_link& out = d.p.sender(d.at("messages/events"), {.name = {}, .second = true});
    const disposition told = out.sent[d.p.send_encoded(out, "no message")];
    CHECK(told.state == "rejected");
    CHECK(told.settled);
}

TEST_CASE("a device that leaves the settling to the hub hears its own state, settled") {
    const std::string state = GENERATE("accepted", "rejected", "released", "modified");
    world w;
    second_mode s(w);
    CHECK(s.in.second);
    const auto number = s.receive("a");
    s.d.p.settle(s.in, number, state, false);
    CHECK(s.d.p.answer(number).state == state);
    CHECK(s.d.p.answer(number).settled);
    const bool again = state == "released" || state == "modified";
    CHECK(s.in.inbox.size() == (again ? 2 : 1));
    CHECK(w.hub.c2d().list(device).empty() == !again);
}

TEST_CASE("a device that settles under a lock that has ended is told so") {
    world w;
    second_mode s(w);
    const auto number = s.receive("a");
    w.clock.advance(61s);
    s.d.p.run();
    REQUIRE(s.in.inbox.size() == 2);
    s.d.p.settle(s.in, number, "accepted", false);
    CHECK(s.d.p.answer(number).state == "rejected");
    CHECK(s.d.p.answer(number).condition == "com.microsoft:message-lock-lost");
    CHECK(s.d.p.answer(number).settled);
    CHECK(w.hub.c2d().list(device).size() == 1);
}

TEST_CASE("a reader of feedback that leaves the settling to the hub is answered") {
    const bool lost = GENERATE(false, true);
    world w;
    back_end_peer b(w);
    peer_link& in =
        b.p.receiver("/messages/serviceBound/feedback", {.name = {}, .second = true, .credit = 1});
    core::c2d_message m;
    m.ack = core::feedback_wanted::full;
    REQUIRE(w.hub.send(device, m));
    w.hub.c2d().purge(device);
    b.p.run();
    REQUIRE(b.take(in));
    if (lost) {
        b.p.wait(61s);
    }
    b.p.settle(in, b.last.number, "accepted", false);
    const disposition told = b.p.answer(b.last.number);
    CHECK(told.settled);
    CHECK(told.state == (lost ? "rejected" : "accepted"));
    CHECK(told.condition == (lost ? "com.microsoft:message-lock-lost" : ""));
}
