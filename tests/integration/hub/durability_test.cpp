// What was acknowledged is there after kill -9: identities and twin versions, ten rounds, four
// writers.

#include <iothub/module_client.hpp>
#include <iothub/registry_client.hpp>

#include <nlohmann/json.hpp>

#include <atomic>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "integration/hub/hub_process.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace iothub;

namespace {

constexpr int rounds = 10;
constexpr int acknowledged_before_kill = 60;

// What the hub acknowledged, over all rounds.
class acknowledged {
public:
    void created(const std::string& device_id, const std::string& key) {
        const std::lock_guard guard(mutex_);
        keys_[device_id] = key;
        ++count_;
    }
    void reported(const std::string& device_id, std::int64_t value) {
        const std::lock_guard guard(mutex_);
        values_[device_id] = value;
        ++count_;
    }
    int count() {
        const std::lock_guard guard(mutex_);
        return count_;
    }
    std::map<std::string, std::string> keys() { return keys_; }
    std::map<std::string, std::int64_t> values() { return values_; }

private:
    std::mutex mutex_;
    int count_ = 0;
    std::map<std::string, std::string> keys_;
    std::map<std::string, std::int64_t> values_;
};

iothub::registry_client registry_of(const test::hub_process& hub) {
    iothub::registry_options options;
    options.ca_file = hub.ca_file();
    options.operation_timeout = std::chrono::seconds(10);
    return iothub::registry_client::create_from_connection_string(hub.connection_string(), options);
}

// Creates devices until the hub is gone.
void create_devices(const test::hub_process& hub, const std::string& prefix, acknowledged& kept) {
    auto registry = registry_of(hub);
    try {
        for (int i = 0;; ++i) {
            const auto made = registry.add_device({.device_id = prefix + std::to_string(i)});
            kept.created(made.device_id, made.authentication.symmetric_key.primary_key);
        }
    } catch (const iothub::hub_error&) {
    }
}

// Reports rising numbers until the hub is gone.
void report(const std::string& connection_string, const std::string& ca_file,
            const std::string& device_id, std::int64_t first, acknowledged& kept) {
    iothub::client_options options;
    options.ca_file = ca_file;
    options.operation_timeout = std::chrono::seconds(10);
    options.retry.max_duration = std::chrono::milliseconds(200); // the hub is gone for good
    try {
        auto client =
            iothub::module_client::create_from_connection_string(connection_string, options);
        for (std::int64_t value = first;; ++value) {
            client.update_reported_properties({{"value", value}});
            kept.reported(device_id, value);
        }
    } catch (const iothub::hub_error&) {
    }
}

std::string module_string(const test::hub_process& hub, iothub::registry_client& registry,
                          const std::string& device_id) {
    try {
        registry.add_device({.device_id = device_id});
        registry.add_module({.device_id = device_id, .module_id = "m"});
    } catch (const iothub::device_already_exists&) {
    }
    return "HostName=localhost:" + std::to_string(hub.ready().at("ports").at("mqtts").get<int>()) +
           ";DeviceId=" + device_id + ";ModuleId=m;SharedAccessKey=" +
           registry.get_module(device_id, "m").authentication.symmetric_key.primary_key;
}

// One more than what the hub has, acknowledged or not: so that no value is reported twice.
std::int64_t next_value(iothub::registry_client& registry, const std::string& device_id) {
    const auto twin = registry.get_module_twin(device_id, "m");
    return twin.reported().value("value", std::int64_t{-1}) + 1;
}

void write_until_killed(test::hub_process& hub, int round, acknowledged& kept) {
    auto registry = registry_of(hub);
    std::vector<std::thread> writers;
    for (const std::string name : {"a", "b"}) {
        writers.emplace_back([&, prefix = name + std::to_string(round) + "-"] {
            create_devices(hub, prefix, kept);
        });
        const std::string device = "reporter-" + name;
        const std::string text = module_string(hub, registry, device);
        const std::int64_t next = next_value(registry, device);
        writers.emplace_back(
            [&, device, next, text] { report(text, hub.ca_file(), device, next, kept); });
    }
    const int enough = kept.count() + acknowledged_before_kill;
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (kept.count() < enough && std::chrono::steady_clock::now() < deadline) {
        std::this_thread::yield();
    }
    hub.kill();
    for (std::thread& writer : writers) {
        writer.join();
    }
    REQUIRE(kept.count() >= enough);
}

void check_nothing_lost(const test::hub_process& hub, acknowledged& kept) {
    auto registry = registry_of(hub);
    for (const auto& [device_id, key] : kept.keys()) {
        REQUIRE(registry.get_device(device_id).authentication.symmetric_key.primary_key == key);
    }
    for (const auto& [device_id, value] : kept.values()) {
        const auto twin = registry.get_module_twin(device_id, "m");
        REQUIRE(twin.reported().at("value").get<std::int64_t>() >= value);
        // One version a report, and none twice: nothing torn between value and version.
        REQUIRE(twin.reported_version() == twin.reported().at("value").get<std::int64_t>() + 2);
    }
}

} // namespace

TEST_CASE("kill -9 among four writers loses nothing that was acknowledged") {
    const test::temporary_folder folder;
    acknowledged kept;
    for (int round = 0; round < rounds; ++round) {
        test::hub_process hub(folder.path());
        check_nothing_lost(hub, kept);
        write_until_killed(hub, round, kept);
    }
    test::hub_process hub(folder.path());
    check_nothing_lost(hub, kept);
    CHECK(kept.count() >= rounds * acknowledged_before_kill);
}
