// When jobs begin and end: later, cancelled, out of time, forgotten, too many.
#include "job_bench.hpp"

using namespace iothub;
using namespace std::chrono_literals;
using test::job_bench;
using counts = std::vector<int>;

namespace {

constexpr auto tomorrow = R"({"startTime":"2026-01-03T03:04:05Z"})";

errc refusal(const result<json>& outcome) {
    REQUIRE_FALSE(outcome);
    return outcome.error().code;
}

errc create_again(job_bench& b, const std::string& id) {
    return refusal(
        b.jobs().create(id, b.request("scheduleUpdateTwin", "updateTwin", test::set_tag, "*")));
}

} // namespace

TEST_CASE("a job for later is scheduled, and begins at its time", "[jobs]") {
    job_bench b;
    b.create_devices(1);
    CHECK(b.update_twins("j", "*", tomorrow).at("status") == "queued");
    b.settle();
    CHECK(b.status("j") == "scheduled");
    b.pass(23h);
    CHECK(b.status("j") == "scheduled");
    CHECK(b.tags(b.device(0)).empty());
    b.create({"d001", ""}); // whoever is there when it begins
    b.pass(1h);
    CHECK(b.status("j") == "completed");
    CHECK(b.counts("j") == counts{2, 0, 2, 0, 0});
    CHECK(b.job("j").at("startTime") == "2026-01-03T03:04:05Z");
}

TEST_CASE("a start in the past is now", "[jobs]") {
    job_bench b;
    b.update_twins("j", "*", R"({"startTime":"2020-01-01T00:00:00+01:00"})");
    b.settle();
    CHECK(b.status("j") == "completed");
    CHECK(b.job("j").at("startTime") == "2019-12-31T23:00:00Z");
}

TEST_CASE("a condition that cannot be read fails the job, when it was accepted", "[jobs]") {
    job_bench b;
    b.create_devices(1);
    for (const char* condition :
         {"", "tags.floor =", "SELECT * FROM devices", "FROM devices.jobs WHERE jobId = 'x'"}) {
        INFO(condition);
        const std::string id = "j" + std::to_string(std::string_view(condition).size());
        CHECK(b.update_twins(id, condition, tomorrow).at("status") == "queued");
        b.settle();
        CHECK(b.status(id) == "failed");
        CHECK_FALSE(b.job(id).at("failureReason").get<std::string>().empty());
        CHECK(b.job(id).at("endTime") == "2026-01-02T03:04:05Z");
    }
    CHECK(b.tags(b.device(0)).empty());
}

TEST_CASE("a job is cancelled before it begins", "[jobs]") {
    job_bench b;
    b.create_devices(1);
    b.update_twins("queued", "*");
    CHECK(b.jobs().cancel("queued").value().at("status") == "cancelled");
    b.update_twins("scheduled", "*", tomorrow);
    b.settle();
    b.clock.advance(1h);
    CHECK(b.jobs().cancel("scheduled").value().at("endTime") == "2026-01-02T04:04:05Z");
    b.pass(24h);
    CHECK(b.status("queued") == "cancelled");
    CHECK(b.status("scheduled") == "cancelled");
    CHECK(b.tags(b.device(0)).empty());
}

TEST_CASE("a job that runs or has ended cannot be cancelled, nor one that is not there", "[jobs]") {
    job_bench b;
    b.create_devices(1);
    b.update_twins("j", "*");
    b.step();
    CHECK(b.status("j") == "running");
    CHECK(refusal(b.jobs().cancel("j")) == errc::operation_not_allowed_in_current_state);
    b.settle();
    CHECK(refusal(b.jobs().cancel("j")) == errc::operation_not_allowed_in_current_state);
    b.update_twins("k", "*");
    REQUIRE(b.jobs().cancel("k"));
    CHECK(refusal(b.jobs().cancel("k")) == errc::operation_not_allowed_in_current_state);
    CHECK(refusal(b.jobs().cancel("none")) == errc::job_not_found);
}

TEST_CASE("a job whose time is over fails, and with it whoever is not done", "[jobs]") {
    job_bench b;
    b.create_devices(300);
    auto& answering = b.connect(b.device(0));
    auto& silent = b.connect(b.device(1));
    b.call_methods("j", "deviceId != 'd002'", R"({"maxExecutionTimeInSeconds":10})",
                   R"({"methodName":"m","connectTimeoutInSeconds":200,)"
                   R"("responseTimeoutInSeconds":300})");
    b.settle();
    b.answer(b.device(0), answering, {200, ""});
    b.pass(9s);
    CHECK(b.status("j") == "running");
    b.pass(1s);
    CHECK(b.status("j") == "failed");
    CHECK(b.counts("j") == counts{299, 298, 1, 0, 0});
    CHECK(b.job("j").at("failureReason").get<std::string>().find("maxExecutionTimeInSeconds") == 0);
    CHECK(b.row("j", b.device(0)).at("status") == "completed");
    CHECK(b.row("j", b.device(1)).at("status") == "failed");
    CHECK(b.row("j", b.device(1)).at("error").at("code") == "GatewayTimeout");
    CHECK(b.row("j", b.device(299)).at("status") == "canceled");

    b.answer(b.device(1), silent, {200, ""}); // too late
    b.pass(1h);
    CHECK(b.counts("j") == counts{299, 298, 1, 0, 0});
}

TEST_CASE("a job whose time is over while it still looks for devices", "[jobs]") {
    job_bench b;
    b.create_devices(600);
    b.update_twins("j", "*", R"({"maxExecutionTimeInSeconds":1})");
    b.step();
    b.step();
    const int found = b.counts("j")[0];
    CHECK(found > 0);
    CHECK(found < 600);
    b.pass(1s);
    CHECK(b.status("j") == "failed");
    CHECK(b.counts("j") == counts{found, found, 0, 0, 0});
}

TEST_CASE("no time limit stands for an hour, one beyond all measure for thirty days", "[jobs]") {
    job_bench b;
    CHECK(b.update_twins("a", "*").at("maxExecutionTimeInSeconds") == 3600);
    CHECK(b.update_twins("zero", "*", R"({"maxExecutionTimeInSeconds":0})")
              .at("maxExecutionTimeInSeconds") == 3600);
    CHECK(b.update_twins("b", "*", R"({"maxExecutionTimeInSeconds":9223372036854775807})")
              .at("maxExecutionTimeInSeconds") == 9223372036854775807);
    b.settle();
    CHECK(b.status("b") == "completed");
}

TEST_CASE("an id is used once", "[jobs]") {
    job_bench b;
    b.update_twins("j", "*");
    CHECK(create_again(b, "j") == errc::job_already_exists);
    b.settle();
    CHECK(create_again(b, "j") == errc::job_already_exists);
    b.restart();
    CHECK(create_again(b, "j") == errc::job_already_exists);
}

TEST_CASE("only so many jobs may wait or run at one time", "[jobs]") {
    job_bench b;
    b.jobs().max_active(2);
    b.update_twins("a", "*", tomorrow);
    b.update_twins("b", "*", tomorrow);
    CHECK(create_again(b, "c") == errc::throttling_max_active_job_count_exceeded);
    CHECK(create_again(b, "a") == errc::job_already_exists);
    REQUIRE(b.jobs().cancel("a"));
    b.update_twins("c", "*");
    b.settle();
    b.update_twins("d", "*"); // c has ended
}

TEST_CASE("ten jobs may be active where nothing else is said", "[jobs]") {
    job_bench b;
    for (int n = 0; n < 10; ++n) {
        b.update_twins("j" + std::to_string(n), "*", tomorrow);
    }
    CHECK(create_again(b, "k") == errc::throttling_max_active_job_count_exceeded);
}

TEST_CASE("a job is forgotten after thirty days, with its rows", "[jobs]") {
    job_bench b;
    b.create_devices(600);
    b.update_twins("j", "*");
    b.settle();
    b.pass(30 * 24h - 1s);
    CHECK(b.status("j") == "completed");
    b.clock.advance(1s);
    b.step();
    CHECK(b.rows("j") == 100); // in slices
    b.settle();
    CHECK(b.status("j") == "unknown");
    CHECK(b.rows("j") == 0);
    CHECK(b.store.list_records("job").empty());
    CHECK_FALSE(b.hub->next_deadline());
}

TEST_CASE("where there are too many jobs, the one that ended first makes room", "[jobs]") {
    job_bench b;
    for (std::size_t n = 0; n < core::job_service::max_kept; ++n) {
        b.update_twins("j" + std::to_string(n), "*");
        b.settle();
        b.clock.advance(1ms);
    }
    CHECK(b.status("j0") == "completed");
    b.update_twins("k", "*");
    b.settle();
    CHECK(b.status("j0") == "unknown");
    CHECK(b.status("j1") == "completed");
    CHECK(b.status("k") == "completed");
}

TEST_CASE("a hub that begins anew has no scheduled jobs", "[jobs]") {
    job_bench b;
    b.create_devices(2);
    auto& link = b.connect(b.device(0));
    b.update_twins("ended", "*");
    b.settle();
    b.call_methods("running", "*");
    b.settle();
    REQUIRE(link.calls.size() == 1);
    b.update_twins("scheduled", "*", tomorrow);
    b.hub->clear();
    b.hub->end_turn();
    for (const char* id : {"ended", "running", "scheduled"}) {
        CHECK(b.status(id) == "unknown");
    }
    CHECK(b.store.list_records("job").empty());
    b.pass(48h);
    CHECK(b.store.list_records("job").empty());
}
