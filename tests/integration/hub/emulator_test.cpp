// iothub::emulator: a hub inside this process.

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "integration/hub/hub_clients.hpp"
#include "integration/hub/raw_device.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace iothub;

namespace {

std::ptrdiff_t entries_of(const char* folder) {
    return std::distance(std::filesystem::directory_iterator(folder), {});
}

std::ptrdiff_t open_descriptors() {
    return entries_of("/proc/self/fd");
}
std::ptrdiff_t threads() {
    return entries_of("/proc/self/task");
}

} // namespace

TEST_CASE("a hub serves REST and MQTT from its constructor on") {
    iothub::emulator hub;
    CHECK(hub.ports().https != 0);
    CHECK(hub.ports().mqtts != 0);
    CHECK(hub.ports().management != 0);

    auto module = test::connect_module(hub, "d", "m");
    module.open();
    CHECK(test::registry_of(hub).get_module("d", "m").connected);
}

TEST_CASE("connection strings of an identity create it once") {
    iothub::emulator hub;
    const std::string first = hub.module_connection_string("d", "m");
    CHECK(hub.module_connection_string("d", "m") == first);
    CHECK(test::registry_of(hub).list_modules("d").size() == 1);
    CHECK(hub.device_connection_string("d").find("ModuleId") == std::string::npos);
}

TEST_CASE("a hub refuses what it cannot name") {
    iothub::emulator hub;
    CHECK_THROWS_AS(hub.connection_string("nobody"), std::invalid_argument);
    CHECK_THROWS_AS(hub.device_connection_string("no/slash"), std::runtime_error);
}

TEST_CASE("two hubs in one process share nothing") {
    iothub::emulator one;
    iothub::emulator two;
    one.device_connection_string("only-in-one");
    CHECK(test::registry_of(one).list_devices().size() == 1);
    CHECK(test::registry_of(two).list_devices().empty());
    CHECK(one.ca_pem() != two.ca_pem());
}

TEST_CASE("a stopped hub may be stopped again and refuses calls") {
    iothub::emulator hub;
    const auto ca = hub.ca_file();
    CHECK(std::filesystem::exists(ca));
    hub.stop();
    hub.stop();
    CHECK_THROWS_AS(hub.device_connection_string("d"), std::runtime_error);
    {
        const iothub::emulator moved = std::move(hub);
    }
    CHECK_FALSE(std::filesystem::exists(ca));
}

TEST_CASE("a data folder keeps identities over a restart") {
    const test::temporary_folder folder;
    iothub::emulator_options options;
    options.data_dir = folder / "data";
    std::string key;
    {
        iothub::emulator hub(options);
        hub.module_connection_string("d", "m");
        key = test::registry_of(hub).get_module("d", "m").authentication.symmetric_key.primary_key;
    }
    iothub::emulator hub(options);
    CHECK(hub.ca_file() == options.data_dir / "ca.pem");
    CHECK(test::registry_of(hub).get_module("d", "m").authentication.symmetric_key.primary_key ==
          key);
}

TEST_CASE("a second hub on a data folder is told who has it") {
    const test::temporary_folder folder;
    iothub::emulator_options options;
    options.data_dir = folder / "data";
    const iothub::emulator hub(options);
    CHECK_THROWS_WITH(iothub::emulator(options),
                      Catch::Contains("in use") && Catch::Contains(std::to_string(::getpid())));
}

TEST_CASE("a taken port is named, and nothing is left behind") {
    const iothub::emulator first;
    iothub::emulator_options options;
    options.mqtts_port = first.ports().mqtts;
    const auto descriptors = open_descriptors();
    CHECK_THROWS_WITH(iothub::emulator(options),
                      Catch::Contains(std::to_string(options.mqtts_port)) &&
                          Catch::Contains("--mqtts-port"));
    CHECK(open_descriptors() == descriptors);
}

TEST_CASE("the log says why a client was refused, and no key") {
    std::mutex mutex;
    std::vector<std::string> lines;
    iothub::emulator_options options;
    options.on_log = [&](std::string_view, std::string_view, std::string_view text) {
        const std::lock_guard guard(mutex);
        lines.emplace_back(text);
    };
    iothub::emulator hub(options);
    hub.device_connection_string("d");
    const std::string wrong =
        "HostName=localhost:" + std::to_string(hub.ports().mqtts) +
        ";DeviceId=d;ModuleId=none;SharedAccessKey=d3Jvbmcga2V5IG9mIGEgdGVzdA==";
    auto module = iothub::module_client::create_from_connection_string(wrong, test::trusting(hub));
    CHECK_THROWS_AS(module.open(), iothub::unauthorized);
    hub.stop();
    const auto line_with = [&](const char* part) {
        return std::ranges::any_of(
            lines, [part](const std::string& line) { return line.find(part) != line.npos; });
    };
    CHECK(line_with("no such module"));
    CHECK_FALSE(line_with("sig="));
    CHECK_FALSE(line_with("d3Jvbmcga2V5"));
}

TEST_CASE("the log shows what a peer sends as text on one line, without its token") {
    std::string text;
    iothub::emulator_options options;
    options.on_log = [&](std::string_view, std::string_view, std::string_view line) {
        text.append(line) += '\n';
    };
    iothub::emulator hub(options);
    hub.device_connection_string("d");
    test::publish_to_odd_topic(hub.ports().mqtts, "d",
                               test::token_for_all(hub.connection_string()));
    hub.stop();
    INFO(text);
    CHECK_THAT(text,
               Catch::Contains("\\x1b[2J\\x0d\\x0aforged line/SharedAccessSignature [redacted]"));
    CHECK_THAT(text, !Catch::Contains("TOPSECRET") && !Catch::Contains("\x1b"));
    CHECK_THAT(text, !Catch::Contains("\r") && !Catch::Contains("\nforged"));
}

TEST_CASE("options that cannot be are refused before anything is made") {
    const test::temporary_folder folder;
    const auto check = [&](const char* part, auto change) {
        iothub::emulator_options options;
        options.data_dir = folder / "data";
        change(options);
        CHECK_THROWS_WITH(iothub::emulator(options), Catch::Contains(part));
        CHECK(std::filesystem::is_empty(folder.path()));
    };
    check("--host must be", [](auto& o) { o.host = "localhost"; });
    check("--hostname must be", [](auto& o) { o.hostnames = {"a b"}; });
    check("--https-port and --amqp-port must be different",
          [](auto& o) { o.https_port = o.amqp_port = 20'001; });
}

TEST_CASE("a hundred hubs with a connected module leave nothing behind") {
    { // what the libraries set up once is not counted
        iothub::emulator hub;
        test::connect_module(hub, "d", "m").open();
    }
    const auto descriptors = open_descriptors();
    const auto threads_before = threads();
    for (int round = 0; round < 100; ++round) {
        iothub::emulator hub;
        auto module = test::connect_module(hub, "d", "m");
        module.open();
        if (round % 2 == 0) {
            hub.stop(); // with the module still connected
        }
    }
    CHECK(open_descriptors() == descriptors);
    CHECK(threads() == threads_before);
}
