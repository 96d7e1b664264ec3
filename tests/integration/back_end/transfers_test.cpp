// Imports and exports of the C++ client, between hubs and a storage.

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>

#include "integration/back_end/blob_storage.hpp"
#include "integration/hub/hub_clients.hpp"
#include "support/catch.hpp"

using namespace iothub;

namespace {

constexpr job_wait patiently{.time_out = std::chrono::seconds(20),
                             .interval = std::chrono::milliseconds(20)};

} // namespace

TEST_CASE("what one hub exports, another imports") {
    test::blob_storage storage;
    emulator from;
    auto source = test::registry_of(from);
    source.add_device_with_twin({.device_id = "d"}, {{"tags", {{"floor", 1}}}});
    source.add_module({.device_id = "d", .module_id = "m"});
    const auto exported = source.jobs().export_devices(storage.uri(), {.blob_name = "all.txt"});
    CHECK(exported.type == job_type::export_devices);
    const auto written = source.jobs().wait_for_transfer(exported.job_id, patiently);
    CHECK(written.status == job_status::completed);
    CHECK(written.progress == 100);
    CHECK(written.end_time);
    CHECK(std::ranges::count(storage.blob("all.txt"), '\n') == 2);

    emulator to;
    auto target = test::registry_of(to);
    const auto imported =
        target.jobs().import_devices(storage.uri(), storage.uri(), {.blob_name = "all.txt"});
    const auto read = target.jobs().wait_for_transfer(imported.job_id, patiently);
    CHECK(read.type == job_type::import_devices);
    CHECK(read.status == job_status::completed);
    CHECK(target.get_twin("d").tags().at("floor") == 1);
    CHECK(target.get_module("d", "m").authentication.symmetric_key.primary_key ==
          source.get_module("d", "m").authentication.symmetric_key.primary_key);
    CHECK(target.jobs().list_transfers().at(0).job_id == imported.job_id);
}

TEST_CASE("what stands below IoT Edge devices stands so in another hub") {
    test::blob_storage storage;
    emulator from;
    auto source = test::registry_of(from);
    const auto top = source.add_device({.device_id = "z-top", .iot_edge = true});
    const auto low = source.add_device(
        {.device_id = "m-low", .iot_edge = true, .parent_scopes = {top.device_scope}});
    source.add_device({.device_id = "a-leaf", .device_scope = low.device_scope});
    const auto exported = source.jobs().export_devices(storage.uri());
    source.jobs().wait_for_transfer(exported.job_id, patiently);

    emulator to;
    auto target = test::registry_of(to);
    const auto imported = target.jobs().import_devices(storage.uri(), storage.uri());
    target.jobs().wait_for_transfer(imported.job_id, patiently);
    CHECK(storage.blob("importErrors.log").empty());
    CHECK(target.get_device("z-top").device_scope == top.device_scope);
    CHECK(target.get_device("m-low").parent_scopes == low.parent_scopes);
    CHECK(target.get_device("a-leaf").device_scope == low.device_scope);
}

TEST_CASE("an export can leave the keys out") {
    test::blob_storage storage;
    emulator hub;
    auto registry = test::registry_of(hub);
    const std::string key =
        registry.add_device({.device_id = "d"}).authentication.symmetric_key.primary_key;
    const auto job = registry.jobs().export_devices(storage.uri(), {.exclude_keys = true});
    CHECK(registry.jobs().wait_for_transfer(job.job_id, patiently).exclude_keys);
    CHECK_THAT(storage.blob("devices.txt"), Catch::Contains("\"d\"") && !Catch::Contains(key));
}

TEST_CASE("lines that cannot be imported are listed beside") {
    test::blob_storage storage;
    storage.put("devices.txt", R"({"id":"good","importMode":"create","status":"enabled"})"
                               "\n"
                               R"({"id":"nobody","importMode":"update","status":"enabled"})"
                               "\n");
    emulator hub;
    auto registry = test::registry_of(hub);
    const auto job = registry.jobs().import_devices(storage.uri(), storage.uri());
    CHECK(registry.jobs().wait_for_transfer(job.job_id, patiently).status == job_status::completed);
    CHECK(registry.get_device("good").device_id == "good");
    CHECK_THAT(storage.blob("importErrors.log"), Catch::Contains("nobody"));
}

TEST_CASE("imports and exports that cannot be tell why") {
    emulator hub;
    const auto jobs = test::registry_of(hub).jobs();
    CHECK(jobs.list_transfers().empty());
    CHECK_THROWS_AS(jobs.get_transfer("nobody"), not_found);
    CHECK_THROWS_AS(jobs.export_devices("no address"), argument_invalid);
}
