// A data folder that somebody deletes, moves or replaces under a running hub: what cannot be found
// again is not acknowledged, and what stands there now is left alone.

#include <iothub/device_client.hpp>

#include <chrono>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

#include "common/json.hpp"
#include "durability/hub_access.hpp"
#include "integration/hub/management_http.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace iothub;
using durability::hub_access;
namespace fs = std::filesystem;

namespace {

constexpr std::chrono::milliseconds interval(1100); // after which the hub looks at its files again

std::string health(const test::hub_process& hub) {
    return test::ask_management(hub.ready().at("ports").at("management").get<std::uint16_t>(),
                                "GET", "/health");
}

std::string errors_of(const test::temporary_folder& folder) {
    std::ifstream input(folder.path() / "errors");
    return {std::istreambuf_iterator<char>(input), {}};
}

} // namespace

TEST_CASE("a hub whose data folder is deleted says so and acknowledges nothing more") {
    const test::temporary_folder folder;
    test::hub_process hub(folder.path());
    auto registry = hub_access(hub).registry();
    registry.add_device({.device_id = "a"});
    fs::remove_all(folder.path() / "data");
    std::this_thread::sleep_for(interval);
    CHECK_THROWS_AS(registry.add_device({.device_id = "b"}), server_error);
    CHECK(registry.get_device("a").enabled);
    const std::string answer = health(hub);
    CHECK_THAT(answer, Catch::StartsWith("HTTP/1.1 503") && Catch::Contains("hub.db is gone"));
    CHECK_THAT(errors_of(folder),
               Catch::Contains("could not be kept") && Catch::Contains("hub.db is gone"));
    CHECK(hub.terminate() == 0);
    CHECK_FALSE(fs::exists(folder.path() / "data"));
}

TEST_CASE("the health of a hub tells of its deleted data folder before anyone writes") {
    const test::temporary_folder folder;
    const test::hub_process hub(folder.path());
    fs::remove_all(folder.path() / "data");
    std::this_thread::sleep_for(interval);
    CHECK_THAT(health(hub), Catch::StartsWith("HTTP/1.1 503"));
    CHECK_THAT(errors_of(folder), Catch::Contains("nothing can be kept"));
}

TEST_CASE("the health of a hub tells of its deleted telemetry before anyone sends any") {
    const test::temporary_folder folder;
    const fs::path telemetry = folder.path() / "data" / "telemetry";
    {
        const test::hub_process hub(folder.path());
        const hub_access access(hub);
        access.registry().add_device({.device_id = "a"});
        auto device = device_client::create_from_connection_string(access.device_string("a"),
                                                                   access.device_options());
        device.send_event({.body = "1"});
    }
    const test::hub_process hub(folder.path());
    const bool whole = GENERATE(true, false);
    if (!whole) { // a file that is being written
        const hub_access access(hub);
        auto device = device_client::create_from_connection_string(access.device_string("a"),
                                                                   access.device_options());
        device.send_event({.body = "2"});
        for (const auto& file : fs::directory_iterator(telemetry)) {
            fs::remove(file);
        }
    } else {
        fs::remove_all(telemetry);
    }
    std::this_thread::sleep_for(interval);
    CHECK_THAT(health(hub), Catch::StartsWith("HTTP/1.1 503") && Catch::Contains("telemetry") &&
                                Catch::Contains("is gone"));
    CHECK_THROWS_AS(hub_access(hub).registry().add_device({.device_id = "b"}), server_error);
}

TEST_CASE("a hub whose data folder was moved away and back goes on") {
    const test::temporary_folder folder;
    test::hub_process hub(folder.path());
    auto registry = hub_access(hub).registry();
    fs::rename(folder.path() / "data", folder.path() / "elsewhere");
    std::this_thread::sleep_for(interval);
    CHECK_THROWS_AS(registry.add_device({.device_id = "a"}), server_error);
    fs::rename(folder.path() / "elsewhere", folder.path() / "data");
    std::this_thread::sleep_for(2 * interval);
    CHECK_THAT(health(hub), Catch::StartsWith("HTTP/1.1 200"));
    registry.add_device({.device_id = "a"});
}

TEST_CASE("a hub whose data folder is another hub's by now leaves that one alone") {
    const test::temporary_folder folder;
    test::hub_process first(folder.path());
    auto of_first = hub_access(first).registry();
    of_first.add_device({.device_id = "first"});
    fs::remove_all(folder.path() / "data");
    test::hub_process second(folder.path());
    auto registry = hub_access(second).registry();
    registry.add_device({.device_id = "a"});
    std::this_thread::sleep_for(interval);
    CHECK_THROWS_AS(of_first.add_device({.device_id = "b"}), server_error);
    CHECK(first.terminate() == 0);
    CHECK(registry.get_device("a").enabled);
    registry.add_device({.device_id = "c"});
    second.kill();
    const test::hub_process again(folder.path());
    CHECK(hub_access(again).registry().get_device("a").enabled);
    CHECK(hub_access(again).registry().get_device("c").enabled);
    CHECK_THROWS_AS(hub_access(again).registry().get_device("b"), device_not_found);
}
