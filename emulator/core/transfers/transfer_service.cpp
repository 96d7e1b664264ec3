#include "emulator/core/transfers/transfer_service.hpp"

#include <utility>

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "emulator/core/clock.hpp"
#include "emulator/core/id_source.hpp"
#include "emulator/core/registry/registry_import.hpp"
#include "emulator/core/store.hpp"
#include "emulator/core/transfers/container_access.hpp"
#include "emulator/core/transfers/export_run.hpp"
#include "emulator/core/transfers/import_run.hpp"

namespace iothub::core {

namespace {

constexpr std::string_view records = "transfers/";
constexpr const char* interrupted = "The hub was stopped before the job had ended.";

// In the order of their beginning: "transfers/2026-01-02T03:04:05.0000000Z/{jobId}".
std::string record_name(const transfer_job& job) {
    return std::string(records) + iso_8601_round_trip(job.started) + "/" + job.id;
}

std::optional<transfer_job> job_of(const stored_record& record) {
    const auto document = parse_json(record.second);
    return document ? read_transfer_document(*document) : std::nullopt;
}

} // namespace

// Until the containers are checked, nobody but whoever created the job knows of it.
struct transfer_service::work {
    transfer_job job;
    transfer_request asked;
    std::unique_ptr<blob_container> input; // of imports
    std::unique_ptr<blob_container> output;
    std::unique_ptr<transfer_run> run; // once the containers are checked
    callback created;                  // until then
};

transfer_service::transfer_service(core::store& store, identity_registry& identities,
                                   twin_service& twins, const core::clock& clock, id_source& ids)
    : store_(store)
    , identities_(identities)
    , twins_(twins)
    , clock_(clock)
    , ids_(ids) {
    fail_interrupted();
}

transfer_service::~transfer_service() = default;

void transfer_service::fail_interrupted() {
    for (transfer_job& job : list()) {
        if (!job.ended) {
            job.status = transfer_status::failed;
            job.failure_reason = interrupted;
            job.ended = clock_.now();
            keep(job);
        }
    }
}

void transfer_service::create(transfer_request asked, callback done) {
    auto prepared = prepare(std::move(asked));
    if (!prepared) {
        done(prepared.error());
        return;
    }
    work_ = *std::move(prepared);
    work_->created = std::move(done);
    check_containers();
}

result<std::unique_ptr<transfer_service::work>> transfer_service::prepare(transfer_request asked) {
    if (work_) {
        return error{errc::job_quota_exceeded,
                     "Another export or import job is under way, and there can be one only."};
    }
    if (storage_ == nullptr) {
        return error{errc::blob_container_validation_error, "This hub cannot reach blob storage."};
    }
    if (asked.configurations_blob && !configurations_) {
        return error{errc::argument_invalid,
                     "This hub can neither export nor import configurations."};
    }
    auto made = std::make_unique<work>();
    if (asked.type == transfer_type::import_devices) {
        auto input = storage_->open(asked.input_uri);
        if (!input) {
            return error{input.error().code, "inputBlobContainerUri " + input.error().message};
        }
        made->input = *std::move(input);
    }
    auto output = storage_->open(asked.output_uri);
    if (!output) {
        return error{output.error().code, "outputBlobContainerUri " + output.error().message};
    }
    made->output = *std::move(output);
    made->job.id = make_guid(ids_);
    made->job.type = asked.type;
    made->job.exclude_keys = asked.exclude_keys;
    made->job.started = clock_.now();
    made->asked = std::move(asked);
    return made;
}

void transfer_service::check_containers() {
    const auto checked = [this](const result<>& outcome) { containers_checked(outcome); };
    const std::string probe = "iothub-access-check-" + work_->job.id;
    if (!work_->input) {
        check_output(*work_->output, probe, checked);
        return;
    }
    check_output(*work_->output, probe, [this, checked](const result<>& outcome) {
        if (outcome) {
            check_input(*work_->input, work_->asked.devices_blob, checked);
        } else {
            checked(outcome);
        }
    });
}

void transfer_service::containers_checked(const result<>& outcome) {
    if (!outcome) {
        drop(outcome.error());
        return;
    }
    work_->run = make_run();
    keep(work_->job);
    trim_history();
    std::exchange(work_->created, nullptr)(work_->job);
}

std::unique_ptr<transfer_run> transfer_service::make_run() {
    if (work_->input) {
        return std::make_unique<import_run>(registry_import(identities_, twins_), *work_->input,
                                            *work_->output, work_->asked, configurations_);
    }
    return std::make_unique<export_run>(store_, *work_->output, work_->asked, configurations_);
}

std::optional<timestamp> transfer_service::next_deadline() const {
    const bool due = work_ && work_->run && !work_->run->waits();
    return due ? std::optional(clock_.now()) : std::nullopt;
}

void transfer_service::advance(timestamp) {
    if (!next_deadline()) {
        return;
    }
    try {
        step();
    } catch (const store_fault& fault) {
        finish(transfer_status::failed, "The hub cannot read what it has stored.");
        throw;
    }
}

void transfer_service::step() {
    const transfer_job before = work_->job;
    work_->job.status = transfer_status::running;
    if (!work_->run->outcome()) {
        work_->run->work();
    }
    if (const auto& outcome = work_->run->outcome()) {
        const bool succeeded = outcome->has_value();
        finish(succeeded ? transfer_status::completed : transfer_status::failed,
               succeeded ? "" : outcome->error().message);
        return;
    }
    work_->job.progress = work_->run->progress();
    if (work_->job != before) {
        keep(work_->job);
    }
}

void transfer_service::finish(transfer_status status, const std::string& failure_reason) {
    transfer_job job = std::move(work_->job);
    work_.reset();
    job.status = status;
    job.failure_reason = failure_reason;
    job.progress = status == transfer_status::completed ? 100 : job.progress;
    job.ended = clock_.now();
    keep(job);
    ended_(job);
}

// Of a job that is not accepted yet.
void transfer_service::drop(const error& why) {
    const callback created = std::move(work_->created);
    work_.reset();
    created(why);
}

std::vector<transfer_job> transfer_service::list() {
    std::vector<transfer_job> jobs;
    for (const stored_record& record : store_.list_records(records)) {
        if (auto job = job_of(record)) {
            jobs.push_back(*std::move(job));
        }
    }
    return jobs;
}

result<transfer_job> transfer_service::get(std::string_view id) {
    for (transfer_job& job : list()) {
        if (job.id == id) {
            return std::move(job);
        }
    }
    return error{errc::job_not_found, "There is no export or import job with this id."};
}

result<> transfer_service::cancel(std::string_view id) {
    const auto job = get(id);
    if (!job) {
        return job.error();
    }
    if (work_ && work_->job.id == id) {
        finish(transfer_status::cancelled);
    }
    return {};
}

void transfer_service::interrupt(const std::string& reason) {
    if (work_ && work_->run) {
        finish(transfer_status::failed, reason);
    } else if (work_) {
        drop({errc::blob_container_validation_error, reason});
    }
}

void transfer_service::clear() {
    interrupt("The hub was emptied.");
    store_.remove_records(records);
}

void transfer_service::turn_failed() {
    interrupt("The hub could not keep what the job had done.");
}

void transfer_service::keep(const transfer_job& job) {
    store_.put_record(record_name(job), to_text(transfer_document(job)));
}

void transfer_service::trim_history() {
    const auto kept = store_.list_records(records);
    for (std::size_t i = 0; i + max_history < kept.size(); ++i) {
        store_.remove_record(kept[i].first);
    }
}

} // namespace iothub::core
