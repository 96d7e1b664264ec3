// Many writers on one twin: no update and no version is lost (service API §1.2, §3.3).

#include <nlohmann/json.hpp>

#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "integration/hub/hub_clients.hpp"
#include "support/catch.hpp"

using namespace iothub;

namespace {

constexpr int writers = 8;
constexpr int writes_each = 25; // half of them on condition

// A conditional write fails only where another write has succeeded meanwhile.
constexpr int max_attempts = writers * writes_each;

json desired(const json& values) {
    return {{"properties", {{"desired", values}}}};
}

// Adds one to the counter as it is now, on condition that it still is when the hub writes it.
bool count_up(registry_client& registry) {
    for (int attempt = 0; attempt < max_attempts; ++attempt) {
        const twin now = registry.get_twin("d");
        const int counter = now.desired().value("counter", 0);
        try {
            registry.update_twin("d", desired({{"counter", counter + 1}}), now.etag());
            return true;
        } catch (const precondition_failed&) {
            continue;
        }
    }
    return false;
}

void leave_mark(registry_client& registry, int writer, int write) {
    const std::string name = std::to_string(writer) + "-" + std::to_string(write);
    registry.update_twin("d", desired({{name, write}}));
}

// Runs on a thread of its own, where an exception would end the program.
void run_writer(registry_client registry, int writer, std::atomic<int>& failures) {
    try {
        for (int i = 0; i < writes_each; ++i) {
            if (i % 2 == 0) {
                leave_mark(registry, writer, i);
            } else if (!count_up(registry)) {
                ++failures;
            }
        }
    } catch (const std::exception&) {
        ++failures;
    }
}

} // namespace

TEST_CASE("two hundred writes of eight writers to one twin are all in it, and all counted") {
    iothub::emulator hub;
    auto registry = test::registry_of(hub);
    hub.device_connection_string("d");
    const auto begun = registry.get_twin("d");

    std::atomic<int> failures = 0;
    std::vector<std::thread> all;
    for (int writer = 0; writer < writers; ++writer) {
        all.emplace_back(run_writer, test::registry_of(hub), writer, std::ref(failures));
    }
    for (std::thread& one : all) {
        one.join();
    }

    CHECK(failures == 0);
    const twin now = registry.get_twin("d");
    constexpr int conditional = writers * (writes_each / 2);
    constexpr int total = writers * writes_each;
    CHECK(now.desired()["counter"] == conditional);
    for (int writer = 0; writer < writers; ++writer) {
        for (int i = 0; i < writes_each; i += 2) {
            CHECK(now.desired().value(std::to_string(writer) + "-" + std::to_string(i), -1) == i);
        }
    }
    CHECK(now.desired_version() == begun.desired_version() + total);
    CHECK(now.version() == begun.version() + total);
    CHECK(begun.etag() == "AAAAAAAAAAE=");
    CHECK(now.etag() == "AAAAAAAAAMk="); // 201
}
