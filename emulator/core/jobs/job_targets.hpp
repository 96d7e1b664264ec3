#pragma once
// Finds the devices or modules of a job, a slice at a time. Used by job_run.

#include <memory>
#include <optional>

#include "common/result.hpp"
#include "emulator/core/jobs/job.hpp"
#include "emulator/core/query/statement.hpp"

namespace iothub::core {

class store;

namespace query {
class query_service;
class scan;
} // namespace query

// The condition of a job: argument_invalid where it is none, or is about jobs.
result<query::condition> read_job_condition(const std::string& text);

class job_targets {
public:
    // Identities that a slice looks at.
    static constexpr std::size_t max_looked_at = 250;

    // Both services outlive it.
    job_targets(core::store& store, query::query_service& queries, query::condition condition);
    ~job_targets();
    job_targets(job_targets&&) noexcept;

    // Goes on behind the job's position and writes a pending row for each that is selected. False
    // when there are no more. Throws store_fault.
    bool find_next(job& which);

    // The next slice begins anew at the job's position.
    void forget();

private:
    core::store& store_;
    query::query_service& queries_;
    query::condition condition_;
    std::unique_ptr<query::scan> scan_;
};

} // namespace iothub::core
