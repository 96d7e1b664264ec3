// Readers that have much to catch up with: in turns, never more at once than the connection holds.

#include "event_hub_peer.hpp"
#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

constexpr std::size_t event_bytes = 64 * 1024;
constexpr int events = 40;

void fill(reading_world& w) {
    for (int i = 0; i < events; ++i) {
        w.send(std::string(event_bytes, static_cast<char>('a' + i % 26)));
    }
}

} // namespace

TEST_CASE("a long backlog arrives whole and in order") {
    reading_world w;
    fill(w);
    reading_peer p(w);
    peer_link& one = p.read("", {.name = "one", .credit = 1000});
    p.begin();
    peer_link& two = p.read("", {.name = "two", .credit = 1000});
    for (const peer_link* reader : {&one, &two}) {
        REQUIRE(reader->inbox.size() == events);
        for (int i = 0; i < events; ++i) {
            CHECK(reader->inbox[static_cast<std::size_t>(i)].content.data.front().front() ==
                  static_cast<char>('a' + i % 26));
        }
    }
}

TEST_CASE("events are not put out faster than the stream takes them") {
    reading_world w;
    reading_peer p(w);
    p.read("", {.name = "r", .credit = 1000});
    amqp::connection& hub_side = p.hub_side();
    fill(w);
    const auto check_chunk = [&] {
        const std::size_t chunk = hub_side.take_output().size();
        CHECK(chunk >= session::machine::enough_output);
        CHECK(chunk < session::machine::enough_output + 2 * event_bytes);
    };
    check_chunk();
    CHECK(hub_side.deadline() <= w.clock.now()); // wants to go on at once
    hub_side.check_deadline();
    hub_side.hold_back();
    check_chunk();
    CHECK(hub_side.deadline() > w.clock.now());
    hub_side.check_deadline();
    CHECK_FALSE(hub_side.has_output());
    hub_side.resume();
    check_chunk();
    std::size_t turns = 3;
    for (hub_side.check_deadline(); hub_side.has_output(); hub_side.check_deadline()) {
        hub_side.take_output();
        ++turns;
    }
    CHECK(turns == events * event_bytes / session::machine::enough_output);
    CHECK(hub_side.deadline() > w.clock.now());
}
