// What jobs are after the hub was ended, after a turn was lost, and when the store fails.
#include "job_bench.hpp"

using namespace iothub;
using namespace std::chrono_literals;
using test::job_bench;
using counts = std::vector<int>;

namespace {

constexpr auto tomorrow = R"({"startTime":"2026-01-03T03:04:05Z"})";

// How often the twin was written since it was made.
std::uint64_t writes(job_bench& b, const identity_key& key) {
    return b.hub->twins().get(key).value().version - 2;
}

} // namespace

TEST_CASE("jobs look the same after a restart", "[jobs]") {
    job_bench b;
    b.create_devices(2);
    b.update_twins("ended", "*");
    b.update_twins("wrong", "(");
    b.settle();
    b.call_methods("later", "tags.floor = 1", tomorrow);
    b.settle();
    const json before = json::array({b.job("ended"), b.job("wrong"), b.job("later")});
    b.restart();
    CHECK(json::array({b.job("ended"), b.job("wrong"), b.job("later")}) == before);
}

TEST_CASE("a scheduled job runs in the hub that is there at its time", "[jobs]") {
    job_bench b;
    b.create_devices(1);
    b.update_twins("j", "*", tomorrow);
    b.settle();
    b.restart();
    b.pass(23h);
    CHECK(b.status("j") == "scheduled");
    b.restart();
    b.pass(2h);
    CHECK(b.status("j") == "completed");
    CHECK(writes(b, b.device(0)) == 1);
}

TEST_CASE("a job that was queued runs after a restart", "[jobs]") {
    job_bench b;
    b.create_devices(1);
    b.update_twins("j", "*");
    b.hub->end_turn();
    b.restart();
    b.settle();
    CHECK(b.status("j") == "completed");
}

TEST_CASE("a running job goes on where it was, whatever it was at", "[jobs]") {
    for (const int turns : {1, 2, 3, 4, 5, 6, 7, 10}) {
        INFO(turns);
        job_bench b;
        b.create_devices(600);
        b.update_twins("j", "*");
        for (int turn = 0; turn < turns; ++turn) {
            b.step();
        }
        CHECK(b.status("j") == "running");
        b.restart();
        b.settle();
        CHECK(b.status("j") == "completed");
        CHECK(b.counts("j") == counts{600, 0, 600, 0, 0});
        std::size_t once = 0;
        for (std::size_t n = 0; n < 600; ++n) {
            once += writes(b, b.device(n)) == 1 ? 1 : 0;
        }
        CHECK(once == 600);
    }
}

TEST_CASE("a device that was called when the hub ended has failed and is not called again",
          "[jobs]") {
    job_bench b;
    b.create_devices(60);
    for (std::size_t n = 0; n < 60; ++n) {
        b.connect(b.device(n));
    }
    b.call_methods("j", "*");
    b.settle();
    CHECK(b.counts("j") == counts{60, 0, 0, 48, 12});
    b.restart();
    auto& called_before = b.connect(b.device(0));
    auto& not_called = b.connect(b.device(59));
    b.settle();
    CHECK(called_before.calls.empty());
    REQUIRE(not_called.calls.size() == 1);
    b.answer(b.device(59), not_called, {200, ""});
    b.settle();
    CHECK(b.status("j") == "completed");
    CHECK(b.counts("j") == counts{60, 59, 1, 0, 0});
    CHECK(b.row("j", b.device(0)).at("error").at("code") == "DeviceConnectionClosedRemotely");
    CHECK(b.row("j", b.device(58)).at("error").at("code") == "DeviceNotOnline");
}

TEST_CASE("a job whose time was over while no hub ran ends at once", "[jobs]") {
    job_bench b;
    b.create_devices(200);
    b.update_twins("j", "*");
    for (int turn = 0; turn < 4; ++turn) {
        b.step();
    }
    const auto done = b.counts("j")[2];
    CHECK(done > 0);
    b.restart();
    b.pass(3600s);
    CHECK(b.status("j") == "failed");
    CHECK(b.counts("j") == counts{200, 200 - done, done, 0, 0});
}

TEST_CASE("a turn that is lost takes a new job with it", "[jobs]") {
    job_bench b;
    b.hub->end_turn();
    b.update_twins("j", "*");
    b.store.commits_fail = true;
    b.hub->end_turn();
    b.store.commits_fail = false;
    CHECK(b.status("j") == "unknown");
    CHECK_FALSE(b.is_due());
    b.update_twins("j", "*");
    b.settle();
    CHECK(b.status("j") == "completed");
}

TEST_CASE("slices that are lost are done again", "[jobs]") {
    job_bench b;
    b.create_devices(300);
    b.update_twins("j", "*");
    b.hub->end_turn();
    int turn = 0;
    for (; b.is_due() && turn < 200; ++turn) {
        b.store.commits_fail = turn % 2 == 0;
        b.step();
    }
    CHECK(b.status("j") == "completed");
    CHECK(b.counts("j") == counts{300, 0, 300, 0, 0});
    CHECK(b.rows("j") == 300);
    CHECK(writes(b, b.device(299)) == 1);
}

TEST_CASE("calls of a turn that is lost are made again, those before it go on", "[jobs]") {
    job_bench b;
    b.create_devices(50);
    std::vector<test::recording_link*> links;
    for (std::size_t n = 0; n < 50; ++n) {
        links.push_back(&b.connect(b.device(n)));
    }
    b.call_methods("j", "*");
    b.settle();
    CHECK(b.counts("j") == counts{50, 0, 0, 48, 2});
    b.answer(b.device(0), *links[0], {200, "0"});
    b.answer(b.device(1), *links[1], {200, "1"});
    b.store.commits_fail = true;
    b.step(); // two answers are noted and two more devices called, in vain
    b.store.commits_fail = false;
    CHECK(b.counts("j") == counts{50, 0, 0, 48, 2});
    CHECK(links[48]->calls.size() == 1);
    b.settle();
    CHECK(links[48]->calls.size() == 2);
    b.hub->methods().answer(b.device(48), links[48]->calls[0].request_id,
                            {200, ""}); // the lost one
    b.settle();
    CHECK(b.row("j", b.device(48)).at("status") == "running");
    for (std::size_t n = 2; n < 50; ++n) {
        b.answer(b.device(n), *links[n], {200, ""});
    }
    b.settle();
    CHECK(b.status("j") == "completed");
    // The answers that came in the lost turn are gone.
    CHECK(b.counts("j") == counts{50, 2, 48, 0, 0});
}

TEST_CASE("a store that cannot be read stops a job for a while, and no longer", "[jobs]") {
    job_bench b;
    b.create_devices(100);
    b.update_twins("j", "*");
    b.step();
    b.step();
    b.store.reads_fail = true;
    b.settle(); // comes to an end
    CHECK(b.status("j") == "running");
    CHECK(b.counts("j") == counts{100, 0, 0, 0, 100});
    b.pass(3s);
    b.store.reads_fail = false;
    b.pass(2s);
    CHECK(b.status("j") == "completed");
    CHECK(b.counts("j") == counts{100, 0, 100, 0, 0});
}

TEST_CASE("records that cannot be read are jobs that have failed", "[jobs]") {
    job_bench b;
    b.create_devices(1);
    b.update_twins("a", "*", tomorrow);
    b.update_twins("b", "*", tomorrow);
    b.update_twins("c", "*", tomorrow);
    b.settle();
    b.store.put_record("jobs/a", "{");
    b.store.put_record("jobs/b", R"({"id":"b","type":"scheduleUpdateTwin","status":"asleep"})");
    b.store.put_record("job-definitions/c", "[]");
    b.hub->end_turn();
    b.restart();
    CHECK(b.status("a") == "failed");
    CHECK(b.status("b") == "failed");
    b.pass(25h);
    CHECK(b.status("c") == "failed");
    CHECK(b.tags(b.device(0)).empty());
}
