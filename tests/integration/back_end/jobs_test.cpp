// Jobs of the C++ client against the hub.

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>

#include "integration/hub/hub_clients.hpp"
#include "support/catch.hpp"

using namespace iothub;

namespace {

constexpr job_wait patiently{.time_out = std::chrono::seconds(20),
                             .interval = std::chrono::milliseconds(20)};

hub_time in(std::chrono::minutes from_now) {
    return std::chrono::floor<hub_time::duration>(std::chrono::system_clock::now() + from_now);
}

} // namespace

TEST_CASE("a job changes the twins that meet its condition") {
    emulator hub;
    auto registry = test::registry_of(hub);
    registry.add_devices({{.device_id = "a"}, {.device_id = "b"}, {.device_id = "c"}});
    registry.update_twin("c", {{"tags", {{"floor", 2}}}});
    const auto jobs = registry.jobs();
    const auto scheduled = jobs.schedule_twin_update(
        {.job_id = "j1", .condition = "deviceId IN ['a', 'b']"}, {{"tags", {{"floor", 1}}}});
    CHECK(scheduled.job_id == "j1");
    CHECK(scheduled.type == job_type::schedule_update_twin);
    CHECK(scheduled.created_time);

    const auto ended = jobs.wait("j1", patiently);
    CHECK(ended.status == job_status::completed);
    CHECK(ended.statistics.devices == 2);
    CHECK(ended.statistics.succeeded == 2);
    CHECK(ended.end_time);
    CHECK(registry.get_twin("b").tags().at("floor") == 1);
    CHECK(registry.get_twin("c").tags().at("floor") == 2);
}

TEST_CASE("a job calls a method of those who are connected, and tells of each") {
    emulator hub;
    auto registry = test::registry_of(hub);
    registry.add_device({.device_id = "offline"});
    auto device = test::connect_device(hub, "online");
    device.on_method("reboot", [](const method_request& request) -> method_response {
        return {202, request.payload()};
    });
    const auto jobs = registry.jobs();
    jobs.schedule_method({.job_id = "j2"}, "reboot", {{"in", 5}});
    const auto ended = jobs.wait("j2", patiently);
    CHECK(ended.type == job_type::schedule_device_method);
    CHECK(ended.statistics.devices == 2);
    CHECK(ended.statistics.succeeded == 1);
    CHECK(ended.statistics.failed == 1);

    std::string answers;
    for (const json& row : registry.query("SELECT * FROM devices.jobs WHERE jobId = 'j2'")) {
        if (row.at("status") == "completed") {
            answers += row.at("outcome").at("deviceMethodResponse").dump();
        }
    }
    CHECK(answers == R"({"status":202,"payload":{"in":5}})");
}

TEST_CASE("a job that has not begun is listed, and can be cancelled once") {
    emulator hub;
    const auto jobs = test::registry_of(hub).jobs();
    jobs.schedule_twin_update({.job_id = "later", .start_time = in(std::chrono::minutes(30))},
                              {{"tags", {{"a", 1}}}});
    CHECK(jobs.get("later").status == job_status::scheduled);
    const job_filter scheduled{.type = job_type::schedule_update_twin,
                               .status = job_status::scheduled};
    auto listed = jobs.list(scheduled);
    REQUIRE_FALSE(listed.begin() == listed.end());
    CHECK(listed.begin()->job_id == "later");
    auto methods = jobs.list({.type = job_type::schedule_device_method});
    CHECK(methods.begin() == methods.end());

    CHECK(jobs.cancel("later").status == job_status::cancelled);
    CHECK(jobs.wait("later", patiently).status == job_status::cancelled);
    CHECK_THROWS_AS(jobs.cancel("later"), conflict);
}

TEST_CASE("jobs are listed page by page") {
    emulator hub;
    const auto jobs = test::registry_of(hub).jobs();
    for (const char* id : {"a", "b", "c"}) {
        jobs.schedule_twin_update({.job_id = id}, {{"tags", {{"a", 1}}}});
        jobs.wait(id, patiently);
    }
    std::string ids;
    for (const auto& job : jobs.list({.paging = {.page_size = 2}})) {
        ids += job.job_id;
    }
    std::ranges::sort(ids);
    CHECK(ids == "abc");
}

TEST_CASE("a job that cannot be scheduled tells why") {
    emulator hub;
    const auto jobs = test::registry_of(hub).jobs();
    const json change = {{"tags", {{"a", 1}}}};
    CHECK_THROWS_AS(jobs.schedule_twin_update({.job_id = "Upper"}, change), argument_invalid);
    CHECK_THROWS_AS(jobs.schedule_twin_update(
                        {.job_id = "far", .start_time = in(std::chrono::hours(24 * 30))}, change),
                    argument_invalid);
    jobs.schedule_twin_update({.job_id = "twice"}, change);
    CHECK_THROWS_AS(jobs.schedule_twin_update({.job_id = "twice"}, change), conflict);
}

TEST_CASE("a job that is not there is unknown") {
    emulator hub;
    const auto jobs = test::registry_of(hub).jobs();
    CHECK(jobs.get("nobody").status == job_status::unknown);
    CHECK_THROWS_AS(jobs.cancel("nobody"), not_found);
    CHECK_THROWS_AS(jobs.wait("nobody", patiently), not_found);
}
