// What docs/testing-your-code.md shows.

#include <iothub/device_client.hpp>
#include <iothub/emulator.hpp>

#include <chrono>
#include <future>
#include <string>

#include "support/catch.hpp"

TEST_CASE("a thermostat reports its temperature and obeys") {
    iothub::emulator hub; // in memory, on free ports, until the end of the test
    std::promise<std::string> told;
    auto told_to = told.get_future();

    iothub::client_options options;
    options.ca_pem = hub.ca_pem();
    auto thermostat = iothub::device_client::create_from_connection_string(
        hub.device_connection_string("thermostat"), options);
    thermostat.on_message([&](const auto& message) { told.set_value(message.body); });
    thermostat.send_event({.body = R"({"temperature":21})"});

    const auto page = hub.events({.device_id = "thermostat", .count = 1});
    CHECK(page.events.at(0).body == R"({"temperature":21})");

    hub.send_message("thermostat", {.body = "cooler"});
    REQUIRE(told_to.wait_for(std::chrono::seconds(20)) == std::future_status::ready);
    CHECK(told_to.get() == "cooler");

    hub.disconnect("thermostat");
    thermostat.send_event({.body = "still here"});
    CHECK(hub.events({.after = page.next, .count = 1}).events.at(0).body == "still here");
}
