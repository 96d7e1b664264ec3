// The names of the Event Hubs-compatible endpoint and its partitions, and where readers are sent.

#include "emulator/amqp/nodes/event_hub/entity.hpp"
#include "emulator/amqp/nodes/event_hub/redirect.hpp"
#include "support/catch.hpp"
#include "support/device_world.hpp"

using namespace iothub;
using namespace iothub::amqp;

TEST_CASE("names of the entity", "[event_hub]") {
    CHECK(is_events_entity("iothub-ehub-emulator"));
    CHECK(is_events_entity("iothub-ehub-myhub-1234-abc"));
    CHECK(is_events_entity("myhub"));
    CHECK(is_events_entity("messages/events"));
    CHECK(is_events_entity("Messages/Events"));
    CHECK_FALSE(is_events_entity(""));
    CHECK_FALSE(is_events_entity("messages/other"));
    CHECK_FALSE(is_events_entity("a/b"));
}

TEST_CASE("partitions of the entity", "[event_hub]") {
    test::world w;
    CHECK(std::get<std::uint32_t>(find_partition(w.hub, "hub", "0")) == 0);
    CHECK(std::get<std::uint32_t>(find_partition(w.hub, "hub", "3")) == 3);
    CHECK(std::get<condition>(find_partition(w.hub, "a/b", "0")).name == "amqp:not-found");
    const std::string wrong = GENERATE("4", "-1", "", "boo", "1x", " 1", "99999999999");
    const auto refused = std::get<condition>(find_partition(w.hub, "hub", wrong));
    CHECK(refused.name == "com.microsoft:argument-out-of-range");
    CHECK(refused.description ==
          "The specified partition is invalid for an EventHub partition sender or receiver. It "
          "should be between 0 and 3.");
}

TEST_CASE("a redirect names the hub itself", "[event_hub]") {
    const auto [host, name] = GENERATE(table<const char*, const char*>({
        {"myhub.example", "myhub.example"},
        {"localhost:5671", "localhost"},
        {"127.0.0.1", "127.0.0.1"},
        {"[::1]:5671", "[::1]"},
        {"[::1]", "[::1]"},
        {"::1", "::1"},
        {"", "localhost"},
    }));
    CAPTURE(host);
    const condition to = redirect_to_events(host, 5699, "iothub-ehub-emulator");
    CHECK(to.name == "amqp:link:redirect");
    CHECK(to.info == map{{symbol{"hostname"}, name},
                         {symbol{"network-host"}, name},
                         {symbol{"port"}, std::uint16_t{5699}},
                         {symbol{"address"}, "amqps://" + std::string(name) +
                                                 ":5699/iothub-ehub-emulator/$management"}});
}
