#include "emulator/core/jobs/job_run.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "emulator/core/jobs/device_job_records.hpp"
#include "emulator/core/store.hpp"

namespace iothub::core {

namespace {

// As long as history is kept; a time that is given longer would not fit the clock.
constexpr std::int64_t longest_run = 30 * 86'400;

timestamp time_limit(const job& which) {
    return *which.began + std::chrono::seconds(std::min(which.max_execution_seconds, longest_run));
}

void end(job& which, job_status how, timestamp now, std::string reason = {}) {
    which.status = how;
    which.ended = now;
    which.failure_reason = std::move(reason);
}

error interrupted() {
    return {errc::connection_closed_remotely, "The hub stopped before the device answered."};
}

error time_over() {
    return {errc::gateway_timeout, "The job's time was over before the device was done."};
}

} // namespace

job_run::job_run(core::store& store, job_targets targets, std::unique_ptr<job_action> action,
                 std::function<void()> wake)
    : store_(store)
    , targets_(std::move(targets))
    , action_(std::move(action))
    , wake_(std::move(wake)) {}

timestamp job_run::step(job& which, timestamp now) {
    if (which.stage != job_stage::closing && now >= time_limit(which)) {
        pass_time_limit(which, now);
    }
    switch (which.stage) {
    case job_stage::targeting:
        find_targets(which);
        return now;
    case job_stage::working:
        return work(which, now);
    case job_stage::closing:
        break;
    }
    give_up_next(which, now);
    return now;
}

void job_run::turn_failed(const job& which) {
    targets_.forget();
    const auto is_known = [&which](const auto& one) {
        return std::ranges::find(which.in_flight, one.first) != which.in_flight.end();
    };
    std::erase_if(calls_, [&is_known](const auto& one) { return !is_known(one); });
}

void job_run::find_targets(job& which) {
    if (!targets_.find_next(which)) {
        which.stage = job_stage::working;
        which.position = {};
        targets_.forget();
    }
}

timestamp job_run::work(job& which, timestamp now) {
    collect(which, now);
    const std::size_t room = max_at_once - calls_.size();
    const auto next = next_rows(which, room);
    for (const identity_key& whose : next) {
        begin(which, whose, now);
    }
    if (next.size() == room && calls_.size() < max_at_once) {
        return now;
    }
    if (calls_.empty()) {
        end(which, job_status::completed, now);
        return now;
    }
    return time_limit(which);
}

void job_run::give_up_next(job& which, timestamp now) {
    const auto left = next_rows(which, max_given_up);
    for (const identity_key& whose : left) {
        put(which, {.whose = whose,
                    .status = device_job_status::canceled,
                    .updated = now,
                    .ended = now,
                    .failure = time_over()});
        which.position = whose;
        --which.statistics.pending;
        ++which.statistics.failed;
    }
    if (left.size() < max_given_up) {
        end(which, job_status::failed, now,
            "maxExecutionTimeInSeconds was over before all devices were done.");
    }
}

// Settles who has answered, and who was asked by a hub that is no more.
void job_run::collect(job& which, timestamp now) {
    for (const identity_key& whose : std::vector(which.in_flight)) {
        const auto found = calls_.find(whose);
        if (found == calls_.end()) {
            settle(which, {whose, *which.began}, interrupted(), now);
        } else if (auto outcome = found->second.outcome) {
            settle(which, {whose, found->second.started}, *outcome, now);
        }
    }
}

void job_run::begin(job& which, const identity_key& whose, timestamp now) {
    call& begun = calls_[whose];
    begun = {++last_call_, now, std::nullopt};
    start_action(whose, begun.number);
    which.position = whose;
    which.in_flight.push_back(whose);
    --which.statistics.pending;
    ++which.statistics.running;
    if (auto outcome = begun.outcome) {
        settle(which, {whose, now}, *outcome, now);
    } else {
        put(which,
            {.whose = whose, .status = device_job_status::running, .updated = now, .started = now});
    }
}

void job_run::start_action(const identity_key& whose, std::uint64_t number) {
    try {
        action_->run(whose, [self = weak_from_this(), whose, number](job_action::outcome outcome) {
            if (const auto run = self.lock()) {
                run->answered(whose, number, std::move(outcome));
            }
        });
    } catch (...) { // store_fault: as if it had not been begun
        calls_.erase(whose);
        throw;
    }
}

void job_run::answered(const identity_key& whose, std::uint64_t number,
                       job_action::outcome outcome) {
    const auto found = calls_.find(whose);
    if (found != calls_.end() && found->second.number == number) {
        found->second.outcome = std::move(outcome);
        wake_();
    }
}

// One of those in flight is done.
void job_run::settle(job& which, const begun_device& one, const job_action::outcome& outcome,
                     timestamp now) {
    device_job row{.whose = one.whose,
                   .status = device_job_status::completed,
                   .updated = now,
                   .started = one.started,
                   .ended = now};
    if (outcome) {
        row.method_answer = *outcome;
    } else {
        row.status = device_job_status::failed;
        row.failure = outcome.error();
    }
    put(which, row);
    calls_.erase(one.whose);
    std::erase(which.in_flight, one.whose);
    --which.statistics.running;
    ++(outcome ? which.statistics.succeeded : which.statistics.failed);
}

void job_run::pass_time_limit(job& which, timestamp now) {
    collect(which, now);
    for (const identity_key& whose : std::vector(which.in_flight)) {
        settle(which, {whose, calls_.at(whose).started}, time_over(), now);
    }
    if (which.stage == job_stage::targeting) {
        which.position = {};
    }
    which.stage = job_stage::closing;
}

// The job's rows behind its position.
std::vector<identity_key> job_run::next_rows(const job& which, std::size_t limit) {
    const std::string prefix = std::string(device_job_records) + which.id + '/';
    const bool from_first = which.position == identity_key{};
    const std::string after = from_first ? "" : device_job_record(which.id, which.position);
    std::vector<identity_key> found;
    for (const auto& [name, row] : store_.list_records(prefix, after, limit)) {
        const std::string_view key = std::string_view(name).substr(prefix.size());
        const std::size_t slash = key.find('/');
        found.push_back({std::string(key.substr(0, slash)), std::string(key.substr(slash + 1))});
    }
    return found;
}

void job_run::put(const job& which, const device_job& row) {
    store_.put_record(device_job_record(which.id, row.whose), device_job_text(which, row));
}

} // namespace iothub::core
