// Lists of jobs: by type and status, and page by page.
#include "job_bench.hpp"

using namespace iothub;
using test::job_bench;

namespace {

using ids = std::vector<std::string>;

ids ids_of(const core::job_page& page) {
    ids found;
    for (const json& job : page.jobs) {
        found.push_back(job.at("jobId"));
    }
    return found;
}

ids listed(job_bench& b, std::string_view type, std::string_view status) {
    return ids_of(b.jobs().list(core::read_job_filter(type, status).value(), {}));
}

struct listing_bench : job_bench {
    listing_bench() {
        update_twins("c", "*");
        call_methods("a", "*");
        settle();
        update_twins("b", "*", R"({"startTime":"2026-01-03T03:04:05Z"})");
        settle();
        update_twins("d", "*");
    }
};

} // namespace

TEST_CASE("jobs are listed in the order of their ids, whole", "[jobs]") {
    listing_bench b;
    const auto page = b.jobs().list({}, {});
    CHECK(ids_of(page) == ids{"a", "b", "c", "d"});
    CHECK_FALSE(page.more);
    CHECK(page.jobs[0] == b.job("a"));
}

TEST_CASE("jobs are listed by type and status, in any case and by .NET's names", "[jobs]") {
    listing_bench b;
    CHECK(listed(b, "scheduleUpdateTwin", "") == ids{"b", "c", "d"});
    CHECK(listed(b, "ScheduleDeviceMethod", "") == ids{"a"});
    CHECK(listed(b, "", "completed") == ids{"a", "c"});
    CHECK(listed(b, "", "Scheduled") == ids{"b"});
    CHECK(listed(b, "SCHEDULEUPDATETWIN", "QUEUED") == ids{"d"});
    CHECK(listed(b, "scheduleUpdateTwin", "cancelled").empty());
    CHECK(listed(b, "ExportDevices", "").empty());
    CHECK(listed(b, "", "unknown").empty());
}

TEST_CASE("a type or status that there is not is refused", "[jobs]") {
    CHECK(core::read_job_filter("scheduleTwinUpdate", "").error().code == errc::argument_invalid);
    CHECK(core::read_job_filter("", "canceled").error().code == errc::argument_invalid);
    CHECK(core::read_job_filter("export", "enqueued"));
}

TEST_CASE("a list comes in pages, and goes on behind a job that is gone", "[jobs]") {
    listing_bench b;
    const auto first = b.jobs().list({}, {"", 3});
    CHECK(ids_of(first) == ids{"a", "b", "c"});
    CHECK(first.more);
    CHECK(ids_of(b.jobs().list({}, {"c", 3})) == ids{"d"});
    CHECK(ids_of(b.jobs().list({}, {"bb", 1})) == ids{"c"});
    CHECK(b.jobs().list({}, {"a", 3}).more == false);
    CHECK(b.jobs().list({}, {"d", 3}).jobs.empty());
}

TEST_CASE("exports and imports stand among the jobs", "[jobs]") {
    listing_bench b;
    const json other = {{"jobId", "bb"}, {"type", "export"}, {"status", "completed"}};
    b.jobs().also_list([&other] { return std::vector<json>{other}; });
    CHECK(ids_of(b.jobs().list({}, {})) == ids{"a", "b", "bb", "c", "d"});
    CHECK(listed(b, "ExportDevices", "Completed") == ids{"bb"});
    CHECK(listed(b, "import", "").empty());
    CHECK(b.job("bb") == other);
}
