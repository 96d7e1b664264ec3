#pragma once
// Export and import jobs (service API §1.3 rows 33–36, §1.5; rows J04, J05): the whole registry to
// a blob container, or from one, one job at a time and in slices beside everything else. The jobs
// are kept as records of the store; one that the hub did not finish before it stopped has failed.
// Called by http/api/transfer_jobs.

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/result.hpp"
#include "emulator/core/timed.hpp"
#include "emulator/core/transfers/configuration_transfer.hpp"
#include "emulator/core/transfers/transfer_job.hpp"
#include "emulator/core/transfers/transfer_request.hpp"

namespace iothub::core {

class blob_containers;
class clock;
class id_source;
class identity_registry;
class store;
class transfer_run;
class twin_service;

class transfer_service final : public timed {
public:
    using callback = std::function<void(result<transfer_job>)>;

    static constexpr std::size_t max_history = 100; // jobs; the oldest go first

    // Throws store_fault.
    transfer_service(core::store& store, identity_registry& identities, twin_service& twins,
                     const core::clock& clock, id_source& ids);
    ~transfer_service();

    // Where containers are; until then every job is refused. Outlives what is under way.
    void reach(blob_containers& storage) { storage_ = &storage; }

    // How configurations go along; until then jobs that want them are refused.
    void include(configuration_transfer configurations) {
        configurations_ = std::move(configurations);
    }

    // Called with each job when it has ended.
    void when_ended(std::function<void(const transfer_job&)> observer) {
        ended_ = std::move(observer);
    }

    // `done` is called once, as soon as it is clear whether the containers can be used. Errors:
    // job_quota_exceeded (another job is under way), blob_container_validation_error,
    // argument_invalid.
    void create(transfer_request asked, callback done);

    std::vector<transfer_job> list();              // the oldest first
    result<transfer_job> get(std::string_view id); // job_not_found

    // What has been imported stays; a job that has ended stays as it is. job_not_found.
    result<> cancel(std::string_view id);

    // The job that is under way fails.
    void interrupt(const std::string& reason);

    // Drops the job that is under way, and the history.
    void clear();

    // What the last turn wrote was lost: an import cannot go on as if nothing had happened.
    void turn_failed();

    std::optional<timestamp> next_deadline() const override;
    void advance(timestamp now) override;

private:
    struct work;

    result<std::unique_ptr<work>> prepare(transfer_request asked);
    void check_containers();
    void containers_checked(const result<>& outcome);
    std::unique_ptr<transfer_run> make_run();
    void step();
    void finish(transfer_status status, const std::string& failure_reason = {});
    void drop(const error& why);
    void keep(const transfer_job& job);
    void trim_history();
    void fail_interrupted();

    core::store& store_;
    identity_registry& identities_;
    twin_service& twins_;
    const core::clock& clock_;
    id_source& ids_;
    blob_containers* storage_ = nullptr;
    configuration_transfer configurations_;
    std::function<void(const transfer_job&)> ended_ = [](const transfer_job&) {};
    std::unique_ptr<work> work_; // the job that is under way
};

} // namespace iothub::core
