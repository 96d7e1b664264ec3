// Ten thousand devices that are connected and say nothing, with work going on beside them: the hub
// started with the common limit of 1024 descriptors as its soft one.

#include <iothub/module_client.hpp>
#include <iothub/registry_client.hpp>

#include <sys/resource.h>
#include <sys/types.h>

#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "integration/hub/descriptors.hpp"
#include "integration/hub/hub_process.hpp"
#include "integration/hub/raw_device.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace iothub;

namespace {

constexpr int idle_devices = 10'000;
constexpr std::uint64_t descriptors_needed = idle_devices + 200;

std::string device_name(int number) {
    return "idle" + std::to_string(number);
}

// Sends a packet; true where the answer is `expected`.
bool ask(test::blocking_socket& device, const std::string& packet, const std::string& expected) {
    return device.send(packet) && device.receives(expected);
}

std::string seed_file(const test::temporary_folder& folder) {
    nlohmann::json seed{{"devices", nlohmann::json::array()}};
    for (int i = 0; i < idle_devices; ++i) {
        seed["devices"].push_back({{"deviceId", device_name(i)}});
    }
    const std::string file = (folder.path() / "seed.json").string();
    std::ofstream(file) << seed.dump();
    return file;
}

// What a program started from here inherits.
class soft_descriptor_limit {
public:
    explicit soft_descriptor_limit(rlim_t wanted) {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        rlimit now = before_;
        now.rlim_cur = wanted;
        ::setrlimit(RLIMIT_NOFILE, &now);
    }
    ~soft_descriptor_limit() { ::setrlimit(RLIMIT_NOFILE, &before_); }
    soft_descriptor_limit(const soft_descriptor_limit&) = delete;
    soft_descriptor_limit& operator=(const soft_descriptor_limit&) = delete;

private:
    rlimit before_{};
};

std::string module_key(registry_client& registry) {
    registry.add_device({.device_id = "busy"});
    return registry.add_module({.device_id = "busy", .module_id = "m"})
        .authentication.symmetric_key.primary_key;
}

// Of the process, in kilobytes.
long resident_kilobytes(pid_t pid) {
    std::ifstream status("/proc/" + std::to_string(pid) + "/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:")) {
            return std::stol(line.substr(6));
        }
    }
    return 0;
}

} // namespace

TEST_CASE("ten thousand idle connections leave room for work", "[idle]") {
    if (!test::can_open(descriptors_needed)) {
        WARN("skipped: this user may not open " << descriptors_needed << " descriptors");
        return;
    }
    const test::temporary_folder folder;
    std::unique_ptr<test::hub_process> hub;
    {
        const soft_descriptor_limit common(1024);
        hub = std::make_unique<test::hub_process>(
            folder.path(),
            std::vector<std::string>{"--in-memory", "--config", seed_file(folder), "--ca-file",
                                     (folder.path() / "ca").string(), "--log-level", "warning"});
    }
    const test::tls_client_context context;
    const std::string token = test::token_for_all(hub->connection_string());
    const std::uint16_t port = hub->ready().at("ports").at("mqtts");
    const long before = resident_kilobytes(hub->pid());

    std::vector<std::unique_ptr<test::blocking_socket>> idle;
    for (int i = 0; i < idle_devices; ++i) {
        idle.push_back(std::make_unique<test::blocking_socket>(port, context));
        REQUIRE(ask(*idle.back(), test::connect_packet(device_name(i), token),
                    test::packet::connack(0)));
    }
    CHECK((resident_kilobytes(hub->pid()) - before) / idle_devices < 48);

    registry_options trust;
    trust.ca_file = hub->ca_file();
    auto registry = registry_client::create_from_connection_string(hub->connection_string(), trust);
    client_options options;
    options.ca_file = hub->ca_file();
    auto client = module_client::create_from_connection_string(
        "HostName=localhost:" + std::to_string(port) +
            ";DeviceId=busy;ModuleId=m;SharedAccessKey=" + module_key(registry),
        options);
    for (int i = 1; i <= 50; ++i) {
        client.update_reported_properties({{"round", i}});
        client.send_event({.body = "still here"});
        REQUIRE(registry.get_module_twin("busy", "m").reported().at("round") == i);
    }
    for (int i = 0; i < idle_devices; i += 1000) {
        CHECK(ask(*idle[static_cast<std::size_t>(i)], test::packet::pingreq(),
                  test::packet::pingresp()));
    }
    idle.clear();
    CHECK(hub->terminate() == 0);
}
