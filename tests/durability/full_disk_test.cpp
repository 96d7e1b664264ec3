// A disk that is full while the hub runs: nothing is acknowledged that was not kept, what needs no
// disk goes on, and with room all is well again without a restart.

#include <iothub/device_client.hpp>

#include <chrono>
#include <functional>
#include <string>
#include <thread>

#include "common/json.hpp"
#include "durability/hub_access.hpp"
#include "durability/tight_disk.hpp"
#include "integration/hub/management_http.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace iothub;
using namespace std::chrono_literals;
using durability::hub_access;

namespace {

json desired(int number) {
    return {{"properties", {{"desired", {{"n", number}}}}}};
}

device_client connect(const hub_access& hub, const std::string& device_id) {
    client_options options = hub.device_options();
    options.operation_timeout = 2s;
    options.retry.max_duration = 0ms;
    return device_client::create_from_connection_string(hub.device_string(device_id), options);
}

std::string health(const test::hub_process& hub) {
    return test::ask_management(hub.ready().at("ports").at("management").get<std::uint16_t>(),
                                "GET", "/health");
}

std::size_t count_events(const hub_access& hub) {
    return hub.get("/api/events?limit=1000").at("events").size();
}

std::size_t count_messages(const hub_access& hub) {
    return hub.get("/api/messages?device=d").at("messages").size();
}

// One of each kind is written, all of them acknowledged.
void write_all(const hub_access& hub, device_client& device, int number) {
    const std::string text = std::to_string(number);
    hub.registry().add_device({.device_id = "new-" + text});
    CHECK(hub.registry().update_twin("d", desired(number)).desired().at("n") == number);
    device.update_reported_properties({{"n", number}});
    device.send_event({.body = text});
    hub.service().send("d", {.body = text});
}

void check_kept(const hub_access& hub, int number, std::size_t of_each) {
    CHECK(hub.registry().get_device("new-" + std::to_string(number)).enabled);
    const twin now = hub.registry().get_twin("d");
    CHECK(now.desired().at("n") == number);
    CHECK(now.reported().at("n") == number);
    CHECK(now.desired_version() == static_cast<std::int64_t>(of_each) + 1);
    CHECK(now.reported_version() == static_cast<std::int64_t>(of_each) + 1);
    CHECK(count_events(hub) == of_each);
    CHECK(count_messages(hub) == of_each);
}

// With a disk on which nothing more can be written.
void check_full(const hub_access& hub, device_client& device) {
    auto registry = hub.registry();
    CHECK_THROWS_AS(registry.add_device({.device_id = "new-2"}), server_error);
    CHECK_THROWS_AS(registry.update_twin("d", desired(2)), server_error);
    CHECK_THROWS_AS(hub.service().send("d", {.body = "2"}), hub_error);
    CHECK_THROWS_AS(device.update_reported_properties({{"n", 2}}), hub_error);
    CHECK_THROWS_AS(device.send_event({.body = "2"}), hub_error);
    device.close(); // which would connect again and again
    CHECK_THROWS_AS(registry.get_device("new-2"), device_not_found);
    check_kept(hub, 1, 1);
}

// By itself: nobody writes.
void check_recovers(const test::hub_process& hub) {
    for (int i = 0; i < 100 && !health(hub).starts_with("HTTP/1.1 200"); ++i) {
        std::this_thread::sleep_for(100ms);
    }
    CHECK_THAT(health(hub), Catch::StartsWith("HTTP/1.1 200"));
}

// What was refused with an error, or not answered, is not there after a restart either.
void check_disk(const std::function<void(const test::hub_process&)>& fill,
                const std::function<void()>& make_room, const test::temporary_folder& folder) {
    {
        test::hub_process hub(folder.path());
        const hub_access access(hub);
        access.registry().add_device({.device_id = "d"});
        device_client device = connect(access, "d");
        write_all(access, device, 1);
        fill(hub);
        check_full(access, device);
        CHECK_THAT(health(hub), Catch::StartsWith("HTTP/1.1 503"));
        make_room();
        check_recovers(hub);
        device.open();
        write_all(access, device, 2);
        CHECK_THAT(health(hub), Catch::StartsWith("HTTP/1.1 200"));
        check_kept(access, 2, 2);
        hub.kill();
    }
    test::hub_process hub(folder.path());
    check_kept(hub_access(hub), 2, 2);
}

} // namespace

TEST_CASE("a hub on a full file system keeps its promises and recovers") {
    const test::temporary_folder folder;
    test::small_file_system disk(folder.path());
    if (!disk.mounted()) {
        WARN(disk.why_not());
        return;
    }
    check_disk([&](const test::hub_process&) { disk.fill(); }, [&] { disk.make_room(); }, folder);
}

TEST_CASE("a device connects and reads while the disk is full") {
    const test::temporary_folder folder;
    const test::hub_process hub(folder.path());
    const hub_access access(hub);
    access.registry().add_device({.device_id = "d"});
    device_client device = connect(access, "d");
    const test::file_size_limit limit(hub.pid(), 4096);
    CHECK(device.get_twin().reported_version() == 1);
}

TEST_CASE("a hub whose files may not grow keeps its promises and recovers") {
    const test::temporary_folder folder;
    std::optional<test::file_size_limit> limit;
    check_disk([&](const test::hub_process& hub) { limit.emplace(hub.pid(), 4096); },
               [&] { limit.reset(); }, folder);
}
