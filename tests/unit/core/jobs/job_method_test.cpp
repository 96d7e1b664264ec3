// Jobs that call methods: answers, devices that are away or silent, and how many are called at
// once.
#include "job_bench.hpp"

using namespace iothub;
using namespace std::chrono_literals;
using test::job_bench;
using counts = std::vector<int>;

TEST_CASE("a job calls a method, and the answer is in the row", "[jobs]") {
    job_bench b;
    b.create_devices(1);
    auto& link = b.connect(b.device(0));
    b.call_methods("j", "*");
    b.settle();
    REQUIRE(link.calls.size() == 1);
    CHECK(link.calls[0].name == "reboot");
    CHECK(link.calls[0].payload == R"({"in":5})");
    CHECK(b.status("j") == "running");
    CHECK(b.counts("j") == counts{1, 0, 0, 1, 0});
    CHECK(b.row("j", b.device(0)).at("status") == "running");

    b.clock.advance(2s);
    b.answer(b.device(0), link, {201, R"({"b":1,"a":[2.0]})"});
    b.settle();
    CHECK(b.status("j") == "completed");
    CHECK(b.counts("j") == counts{1, 0, 1, 0, 0});
    CHECK(b.row("j", b.device(0)).dump() ==
          R"({"deviceId":"d000","jobId":"j","jobType":"scheduleDeviceMethod",)"
          R"("status":"completed","startTimeUtc":"2026-01-02T03:04:05Z",)"
          R"("endTimeUtc":"2026-01-02T03:04:07Z","createdDateTimeUtc":"2026-01-02T03:04:05Z",)"
          R"("lastUpdatedDateTimeUtc":"2026-01-02T03:04:07Z",)"
          R"("outcome":{"deviceMethodResponse":{"status":201,"payload":{"b":1,"a":[2.0]}}}})");
}

TEST_CASE("a device that answers with a status of failure has answered", "[jobs]") {
    job_bench b;
    b.create_devices(1);
    auto& link = b.connect(b.device(0));
    b.call_methods("j", "*");
    b.settle();
    b.answer(b.device(0), link, {500, ""});
    b.settle();
    CHECK(b.counts("j") == counts{1, 0, 1, 0, 0});
    CHECK(b.row("j", b.device(0)).at("outcome").dump() ==
          R"({"deviceMethodResponse":{"status":500,"payload":null}})");
}

TEST_CASE("a device that is not connected has failed, and the job completes", "[jobs]") {
    job_bench b;
    b.create_devices(1);
    b.call_methods("j", "*");
    b.settle();
    CHECK(b.status("j") == "completed");
    CHECK(b.counts("j") == counts{1, 1, 0, 0, 0});
    const json row = b.row("j", b.device(0));
    CHECK(row.at("status") == "failed");
    CHECK(row.at("error").at("code") == "DeviceNotOnline");
    CHECK(row.at("outcome").at("deviceMethodResponse").is_null());
}

TEST_CASE("a device that comes online within the connect time-out is called", "[jobs]") {
    job_bench b;
    b.create_devices(1);
    b.call_methods("j", "*", "",
                   R"({"methodName":"m","connectTimeoutInSeconds":20,)"
                   R"("responseTimeoutInSeconds":30})");
    b.settle();
    CHECK(b.status("j") == "running");
    auto& link = b.connect(b.device(0));
    REQUIRE(link.calls.size() == 1);
    b.answer(b.device(0), link, {200, ""});
    b.settle();
    CHECK(b.counts("j") == counts{1, 0, 1, 0, 0});
}

TEST_CASE("a device that does not answer has failed when its time is over", "[jobs]") {
    job_bench b;
    b.create_devices(1);
    auto& link = b.connect(b.device(0));
    b.call_methods("j", "*", "", R"({"methodName":"m","responseTimeoutInSeconds":5})");
    b.settle();
    b.pass(4s);
    CHECK(b.status("j") == "running");
    b.pass(1s);
    CHECK(link.calls.size() == 1);
    CHECK(b.status("j") == "completed");
    CHECK(b.counts("j") == counts{1, 1, 0, 0, 0});
    CHECK(b.row("j", b.device(0)).at("error").at("code") == "GatewayTimeout");
}

TEST_CASE("a device that leaves before it answers has failed", "[jobs]") {
    job_bench b;
    b.create_devices(1);
    auto& link = b.connect(b.device(0));
    b.call_methods("j", "*");
    b.settle();
    b.hub->sessions().disconnected(b.device(0), link);
    b.settle();
    CHECK(b.counts("j") == counts{1, 1, 0, 0, 0});
    CHECK(b.row("j", b.device(0)).at("error").at("code") == "DeviceConnectionClosedRemotely");
}

TEST_CASE("a job calls modules", "[jobs]") {
    job_bench b;
    b.create_devices(1);
    b.create({"d000", "m"});
    auto& link = b.connect({"d000", "m"});
    b.call_methods("j", "FROM devices.modules WHERE moduleId = 'm'");
    b.settle();
    REQUIRE(link.calls.size() == 1);
    b.answer({"d000", "m"}, link, {200, "{}"});
    b.settle();
    CHECK(b.counts("j") == counts{1, 0, 1, 0, 0});
}

TEST_CASE("no more than some dozens of devices are called at one time", "[jobs]") {
    job_bench b;
    b.create_devices(100);
    std::vector<test::recording_link*> links;
    for (std::size_t n = 0; n < 100; ++n) {
        links.push_back(&b.connect(b.device(n)));
    }
    const auto called = [&links] {
        return std::ranges::count_if(links, [](const auto* link) { return !link->calls.empty(); });
    };
    b.call_methods("j", "*");
    b.settle();
    CHECK(called() == 48);
    CHECK(b.counts("j") == counts{100, 0, 0, 48, 52});
    b.answer(b.device(7), *links[7], {200, ""});
    b.settle();
    CHECK(called() == 49);
    CHECK(b.counts("j") == counts{100, 0, 1, 48, 51});
    for (std::size_t n = 0; n < 100; ++n) {
        if (n != 7) {
            b.settle();
            b.answer(b.device(n), *links[n], {200, ""});
        }
    }
    b.settle();
    CHECK(b.counts("j") == counts{100, 0, 100, 0, 0});
    CHECK(b.status("j") == "completed");
}

TEST_CASE("devices that are away do not stand in the way of a thousand", "[jobs]") {
    job_bench b;
    b.create_devices(1'000);
    b.call_methods("j", "*");
    b.settle();
    CHECK(b.counts("j") == counts{1'000, 1'000, 0, 0, 0});
}
