// Jobs that update twins: who is chosen, what changes, and what the job says of it.
#include "job_bench.hpp"

using namespace iothub;
using namespace std::chrono_literals;
using test::job_bench;
using counts = std::vector<int>;

TEST_CASE("a job is queued, runs by itself and ends", "[jobs]") {
    job_bench b;
    b.create_devices(3);
    CHECK(b.update_twins("j", "*").at("status") == "queued");
    CHECK(b.tags(b.device(0)).empty());
    b.settle();
    CHECK(b.status("j") == "completed");
    CHECK(b.counts("j") == counts{3, 0, 3, 0, 0});
    for (std::size_t n = 0; n < 3; ++n) {
        CHECK(b.tags(b.device(n)).dump() == R"({"floor":1})");
    }
    CHECK_FALSE(b.is_due());
}

TEST_CASE("a job changes whom its condition selects, and nobody else", "[jobs]") {
    job_bench b;
    b.create_devices(4);
    b.update_twins("j", "deviceId IN ['d001', 'd003', 'nobody']");
    b.settle();
    CHECK(b.counts("j") == counts{2, 0, 2, 0, 0});
    CHECK(b.tags(b.device(0)).empty());
    CHECK_FALSE(b.tags(b.device(1)).empty());
    CHECK(b.tags(b.device(2)).empty());
    CHECK_FALSE(b.tags(b.device(3)).empty());
}

TEST_CASE("a job whose update ends its own condition reaches all that met it", "[jobs]") {
    job_bench b;
    b.create_devices(120);
    b.update_twins("first", "*");
    b.settle();
    b.update_twins("second", "tags.floor = 1", "", R"({"etag":"*","tags":{"floor":2}})");
    b.settle();
    CHECK(b.counts("second") == counts{120, 0, 120, 0, 0});
}

TEST_CASE("a job for modules", "[jobs]") {
    job_bench b;
    b.create_devices(2);
    b.create({"d000", "m"});
    b.create({"d001", "n"});
    b.update_twins("j", "FROM devices.modules WHERE moduleId = 'm'");
    b.settle();
    CHECK(b.counts("j") == counts{1, 0, 1, 0, 0});
    CHECK_FALSE(b.tags({"d000", "m"}).empty());
    CHECK(b.tags({"d001", "n"}).empty());
    CHECK(b.tags(b.device(0)).empty());
    CHECK(b.row("j", {"d000", "m"}).at("moduleId") == "m");
}

TEST_CASE("null in an update removes, and desired properties are told to the device", "[jobs]") {
    job_bench b;
    b.create_devices(1);
    auto& link = b.connect(b.device(0));
    b.update_twins("first", "*", "", R"({"etag":"*","properties":{"desired":{"a":1,"b":2}}})");
    b.settle();
    b.update_twins("second", "*", "", R"({"etag":"*","properties":{"desired":{"a":null}}})");
    b.settle();
    const auto twin = b.hub->twins().get(b.device(0)).value();
    CHECK(twin.desired.values->dump() == R"({"b":2})");
    REQUIRE(link.updates.size() == 2);
    CHECK(link.updates[1].patch == R"({"a":null,"$version":3})");
}

TEST_CASE("an update of nothing succeeds and changes nothing", "[jobs]") {
    job_bench b;
    b.create_devices(1);
    const auto before = b.hub->twins().get(b.device(0)).value();
    b.update_twins("j", "*", "", R"({"etag":"*"})");
    b.settle();
    CHECK(b.counts("j") == counts{1, 0, 1, 0, 0});
    CHECK(b.hub->twins().get(b.device(0)).value() == before);
}

TEST_CASE("a job that selects nobody completes", "[jobs]") {
    job_bench b;
    b.create_devices(1);
    b.update_twins("j", "tags.floor = 9");
    b.settle();
    CHECK(b.status("j") == "completed");
    CHECK(b.counts("j") == counts{0, 0, 0, 0, 0});
}

TEST_CASE("a twin that cannot take the update is counted as failed, with its error", "[jobs]") {
    job_bench b;
    b.create_devices(2);
    const std::string large(4'000, 'x');
    json tags = {{"a", large}, {"b", large}};
    REQUIRE(b.hub->twins().patch(b.device(0), {tags, {}}, core::precondition::anything()));
    const std::string more = R"({"etag":"*","tags":{"c":")" + large + R"("}})";
    b.update_twins("j", "*", "", more);
    b.settle();
    CHECK(b.status("j") == "completed");
    CHECK(b.counts("j") == counts{2, 1, 1, 0, 0});
    const json row = b.row("j", b.device(0));
    CHECK(row.at("status") == "failed");
    CHECK(row.at("error").at("code") == "ArgumentInvalid");
    CHECK(row.at("error").at("description").get<std::string>().size() > 10);
}

TEST_CASE("a device that is removed while the job runs is counted as failed", "[jobs]") {
    job_bench b;
    b.create_devices(2);
    b.update_twins("j", "*");
    b.step(); // it begins
    b.step(); // it has found its devices
    CHECK(b.counts("j") == counts{2, 0, 0, 0, 2});
    REQUIRE(b.hub->identities().remove(b.device(1), core::precondition::anything()));
    b.settle();
    CHECK(b.counts("j") == counts{2, 1, 1, 0, 0});
    CHECK(b.row("j", b.device(1)).at("error").at("code") == "DeviceNotFound");
}

TEST_CASE("a thousand devices are changed in slices, between which others have their turn",
          "[jobs]") {
    job_bench b;
    b.create_devices(1'000);
    b.update_twins("j", "*");
    int turns = 0;
    int most_at_once = 0;
    int done = 0;
    for (; b.is_due(); ++turns) {
        b.step();
        const int now_done = b.counts("j")[2];
        most_at_once = std::max(most_at_once, now_done - done);
        done = now_done;
    }
    CHECK(b.counts("j") == counts{1'000, 0, 1'000, 0, 0});
    CHECK(turns >= 20);
    CHECK(most_at_once <= 48);
    CHECK(b.rows("j") == 1'000);
}

TEST_CASE("two jobs run beside each other", "[jobs]") {
    job_bench b;
    b.create_devices(300);
    b.update_twins("a", "*", "", R"({"etag":"*","tags":{"a":1}})");
    b.update_twins("b", "*", "", R"({"etag":"*","tags":{"b":1}})");
    while (b.status("a") != "completed") {
        b.step();
        b.clock.advance(1ms);
    }
    CHECK(b.counts("b")[2] > 200);
    b.settle();
    CHECK(b.counts("b") == counts{300, 0, 300, 0, 0});
}

TEST_CASE("the row of a device that a job has updated", "[jobs]") {
    job_bench b;
    b.create_devices(1);
    b.update_twins("j", "*");
    b.step();
    b.step();
    CHECK(b.row("j", b.device(0)).dump() ==
          R"({"deviceId":"d000","jobId":"j","jobType":"scheduleUpdateTwin","status":"pending",)"
          R"("createdDateTimeUtc":"2026-01-02T03:04:05Z",)"
          R"("lastUpdatedDateTimeUtc":"2026-01-02T03:04:05Z"})");
    b.clock.advance(1500ms);
    b.settle();
    CHECK(b.row("j", b.device(0)).dump() ==
          R"({"deviceId":"d000","jobId":"j","jobType":"scheduleUpdateTwin","status":"completed",)"
          R"("startTimeUtc":"2026-01-02T03:04:06.5Z","endTimeUtc":"2026-01-02T03:04:06.5Z",)"
          R"("createdDateTimeUtc":"2026-01-02T03:04:05Z",)"
          R"("lastUpdatedDateTimeUtc":"2026-01-02T03:04:06.5Z",)"
          R"("outcome":{"deviceMethodResponse":null}})");
}
