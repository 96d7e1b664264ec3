// A hub inside a program that is not careful with it.

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

#include "integration/hub/hub_clients.hpp"
#include "support/catch.hpp"

using namespace iothub;

TEST_CASE("a log callback that throws costs its line, and nothing else") {
    std::atomic<int> lines = 0;
    iothub::emulator_options options;
    options.on_log = [&](std::string_view, std::string_view, std::string_view) {
        ++lines;
        throw std::runtime_error("the test's");
    };
    iothub::emulator hub(options);
    auto module = test::connect_module(hub, "d", "m");
    module.open();
    CHECK_THROWS_AS(test::registry_of(hub).get_device("nobody"), iothub::device_not_found);
    CHECK(test::registry_of(hub).get_module("d", "m").connected);
    CHECK(lines > 0);
}

TEST_CASE("a hub may go while requests are under way") {
    for (int round = 0; round < 20; ++round) {
        auto hub = std::make_unique<iothub::emulator>();
        std::atomic<int> begun = 0;
        std::vector<std::jthread> askers;
        for (int i = 0; i < 4; ++i) {
            askers.emplace_back([&begun, registry = test::registry_of(*hub), i]() mutable {
                try {
                    for (int number = 0;; ++number) {
                        ++begun;
                        registry.add_device(
                            {.device_id = std::to_string(i) + "-" + std::to_string(number)});
                    }
                } catch (const iothub::hub_error&) { // the hub is gone
                }
            });
        }
        while (begun < 8) {
            std::this_thread::yield();
        }
        hub.reset();
    }
}
