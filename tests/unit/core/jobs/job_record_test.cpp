// The record of a job says all of it.
#include "emulator/core/jobs/job.hpp"

#include "support/catch.hpp"

using namespace iothub;

TEST_CASE("a job is what its record says", "[jobs]") {
    core::job j;
    j.id = "j";
    j.type = core::job_type::device_method;
    j.status = core::job_status::running;
    j.created = from_unix_seconds(5);
    j.start = from_unix_seconds(6);
    j.max_execution_seconds = 7;
    CHECK(core::read_job_record(core::job_record(j)) == j);
    j.began = from_unix_seconds(8) + ticks(1);
    j.ended = from_unix_seconds(9);
    j.failure_reason = "\"why\"";
    j.statistics = {15, 1, 2, 4, 8};
    j.stage = core::job_stage::closing;
    j.position = {"d", "m"};
    j.in_flight = {{"d", ""}, {"e", "m"}};
    CHECK(core::read_job_record(core::job_record(j)) == j);
}

TEST_CASE("a record that is damaged says nothing", "[jobs]") {
    const std::string whole = core::job_record({});
    CHECK(core::read_job_record(whole));
    CHECK_FALSE(core::read_job_record(""));
    CHECK_FALSE(core::read_job_record("[]"));
    CHECK_FALSE(core::read_job_record("null"));
    for (const auto& [part, other] : {
             std::pair{R"("status":"queued")", R"("status":"asleep")"},
             std::pair{R"("status":"queued")", R"("status":1)"},
             std::pair{R"("created":")", R"("created":"x)"},
             std::pair{R"("position":["",""])", R"("position":[""])"},
             std::pair{R"("statistics":[0,0,0,0,0])", R"("statistics":[0])"},
             std::pair{R"("stage")", R"("state")"},
         }) {
        std::string damaged = whole;
        const std::size_t at = damaged.find(part);
        REQUIRE(at != damaged.npos);
        damaged.replace(at, std::string_view(part).size(), other);
        INFO(damaged);
        CHECK_FALSE(core::read_job_record(damaged));
    }
}
