// A hub inside a program that is not careful with it.

#include <atomic>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

#include "contract/child_process.hpp"
#include "integration/hub/blocking_socket.hpp"
#include "integration/hub/hub_clients.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace iothub;

namespace {

// Those that it has from this one.
int sockets_of_a_program() {
    FILE* const output = ::popen("ls -l /proc/self/fd | grep -c socket:", "r");
    int count = -1;
    CHECK(std::fscanf(output, "%d", &count) == 1);
    ::pclose(output);
    return count;
}

} // namespace

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

TEST_CASE("a program that is started beside a hub has none of its sockets") {
    const int before = sockets_of_a_program();
    const iothub::emulator hub;
    CHECK(sockets_of_a_program() == before);
    const test::tls_client_context trust;
    test::blocking_socket client(hub.ports().https, trust);
    client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    CHECK(client.receives("HTTP/1.1 "));
    CHECK(sockets_of_a_program() == before);
}

TEST_CASE("a child of fork() has no part in the hub, whatever it does") {
    const test::temporary_folder folder;
    iothub::emulator_options options;
    options.data_dir = folder / "data";
    auto hub = std::make_unique<iothub::emulator>(options);
    auto device = test::connect_device(*hub, "d");
    device.send_event({.body = "1"});
    testing::child_process child([&](const auto& report) {
        const auto refuses = [](const auto& call) {
            try {
                call();
                return false;
            } catch (const std::runtime_error& why) {
                return std::string(why.what()).find("belongs to the process") != std::string::npos;
            }
        };
        report(refuses([&] { hub->ports(); }));
        report(refuses([&] { hub->device_connection_string("d"); }));
        report(refuses([&] { hub->events(); }));
        hub->stop();
        hub.reset();
        report(2);
        ::pause();
    });
    for (const std::uint64_t expected : {1, 1, 1, 2}) {
        CHECK(child.next_report() == expected);
    }
    device.send_event({.body = "2"});
    auto another = test::connect_device(*hub, "another");
    another.send_event({.body = "3"});
    CHECK(hub->events().events.size() == 3);
    hub.reset();
    iothub::emulator again(options); // while the child lives
    CHECK(again.events().events.size() == 3);
}
