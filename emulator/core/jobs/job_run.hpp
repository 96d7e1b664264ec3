#pragma once
// The running of one job, in slices: it notes its devices first, one row each (job_targets), then
// does its action with a bounded number of them at a time, and ends with the last. When its time is
// over, those that are left are given up. job_service makes one for each running job.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/identity_key.hpp"
#include "emulator/core/jobs/device_job.hpp"
#include "emulator/core/jobs/job.hpp"
#include "emulator/core/jobs/job_action.hpp"
#include "emulator/core/jobs/job_targets.hpp"

namespace iothub::core {

class store;

class job_run : public std::enable_shared_from_this<job_run> {
public:
    // Devices of one slice, which are also the most that are called at one time.
    static constexpr std::size_t max_at_once = 48;
    // Rows of one slice that are only given up.
    static constexpr std::size_t max_given_up = 200;

    // The store outlives it. `wake` is told when a device has answered.
    job_run(core::store& store, job_targets targets, std::unique_ptr<job_action> action,
            std::function<void()> wake);

    // Does a slice, and says when the next one is due. The job is changed, not kept. Throws
    // store_fault, with what was done noted in the job.
    timestamp step(job& which, timestamp now);

    // The turn was lost: `which` is as it was before.
    void turn_failed(const job& which);

private:
    struct call {
        std::uint64_t number = 0;
        timestamp started;
        std::optional<job_action::outcome> outcome;
    };

    struct begun_device {
        identity_key whose;
        timestamp started;
    };

    void find_targets(job& which);
    timestamp work(job& which, timestamp now);
    void give_up_next(job& which, timestamp now);

    void collect(job& which, timestamp now);
    void begin(job& which, const identity_key& whose, timestamp now);
    void start_action(const identity_key& whose, std::uint64_t number);
    void answered(const identity_key& whose, std::uint64_t number, job_action::outcome outcome);
    void settle(job& which, const begun_device& one, const job_action::outcome& outcome,
                timestamp now);
    void pass_time_limit(job& which, timestamp now);
    std::vector<identity_key> next_rows(const job& which, std::size_t limit);
    void put(const job& which, const device_job& row);

    core::store& store_;
    job_targets targets_;
    std::unique_ptr<job_action> action_;
    std::function<void()> wake_;
    std::map<identity_key, call> calls_; // who has not been settled
    std::uint64_t last_call_ = 0;
};

} // namespace iothub::core
