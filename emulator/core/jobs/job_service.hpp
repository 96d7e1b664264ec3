#pragma once
// Scheduled jobs (service API §1.3 rows 29–32, §1.5; rows J01–J03): the update of twins, or a
// direct method, for every device or module that a condition selects, now or later. Jobs outlast
// the hub: one that ran when it stopped goes on behind the last device that it began with; a device
// that was called then and has not answered has failed. Called by http/api/scheduled_jobs.

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/json_fwd.hpp"
#include "common/result.hpp"
#include "emulator/core/deadlines.hpp"
#include "emulator/core/jobs/job_listing.hpp"
#include "emulator/core/jobs/job_table.hpp"
#include "emulator/core/timed.hpp"

namespace iothub::core {

class clock;
class job_run;
class method_service;
class store;
class twin_service;

namespace query {
class query_service;
}

class job_service final : public timed {
public:
    // Jobs that are kept, active ones with them. The oldest that has ended makes room.
    static constexpr std::size_t max_kept = 1'000;
    static constexpr std::chrono::days history{30}; // from the end of a job

    // All of them outlive it. Throws store_fault.
    job_service(core::store& store, query::query_service& queries, twin_service& twins,
                method_service& methods, const core::clock& clock);
    ~job_service();

    // How many may be queued, scheduled or running. Those that are beyond it go on.
    void max_active(std::size_t most) { max_active_ = most; }

    // What list() shows beside the jobs of this service, as documents: exports and imports.
    void also_list(std::function<std::vector<json>()> others) { others_ = std::move(others); }

    // The job, queued. `asked` is a JobRequest. argument_invalid, job_already_exists,
    // throttling_max_active_job_count_exceeded.
    result<json> create(const std::string& id, const json& asked);

    // A document that says `unknown` where there is no such job. argument_invalid where there
    // cannot be one.
    result<json> get(const std::string& id);

    // job_not_found; operation_not_allowed_in_current_state where it runs or has ended.
    result<json> cancel(const std::string& id);

    // In the order of their ids.
    job_page list(const job_filter& wanted, const job_page_request& which);

    // No jobs, and no rows of devices.
    void clear();

    void turn_committed() { changed_ = false; }
    void turn_failed(); // throws store_fault

    std::optional<timestamp> next_deadline() const override { return deadlines_.next(); }
    void advance(timestamp now) override;

private:
    void plan(timestamp now);
    void make_room(timestamp now);
    std::optional<timestamp> step(job& which, timestamp now);
    timestamp settle(job& which, timestamp now);
    timestamp run(job& which, timestamp now);
    std::shared_ptr<job_run> make_run(const job& which);
    std::optional<timestamp> forget(const job& which, timestamp now);
    json describe(const job& which);
    std::vector<json> other_jobs() const;

    core::store& store_;
    query::query_service& queries_;
    twin_service& twins_;
    method_service& methods_;
    const core::clock& clock_;
    job_table table_;
    std::size_t max_active_ = 10; // as tier S3
    std::function<std::vector<json>()> others_;
    std::map<std::string, std::shared_ptr<job_run>> runs_; // of running jobs
    deadlines<std::string> deadlines_;                     // when each job is to be looked at
    bool changed_ = false;                                 // in this turn
};

} // namespace iothub::core
