#include "emulator/core/jobs/job_service.hpp"

#include <algorithm>
#include <utility>

#include "common/json.hpp"
#include "emulator/core/clock.hpp"
#include "emulator/core/jobs/device_job_records.hpp"
#include "emulator/core/jobs/job_document.hpp"
#include "emulator/core/jobs/job_run.hpp"
#include "emulator/core/store.hpp"

namespace iothub::core {

namespace {

constexpr std::chrono::seconds pause_after_fault{1};
constexpr std::size_t max_rows_forgotten = 500; // of a slice

// When a job that nothing is known of but its record is to be looked at.
timestamp due(const job& which, timestamp now) {
    if (which.ended) {
        return *which.ended + job_service::history;
    }
    return which.status == job_status::scheduled ? which.start : now;
}

void fail(job& which, timestamp now, const error& why) {
    which.status = job_status::failed;
    which.ended = now;
    which.failure_reason = why.message;
}

} // namespace

job_service::job_service(core::store& store, query::query_service& queries, twin_service& twins,
                         method_service& methods, const core::clock& clock)
    : store_(store)
    , queries_(queries)
    , twins_(twins)
    , methods_(methods)
    , clock_(clock)
    , table_(store, clock.now()) {
    plan(clock.now());
}

job_service::~job_service() = default;

void job_service::plan(timestamp now) {
    deadlines_ = {};
    for (const auto& [id, one] : table_.all()) {
        deadlines_.set(id, due(one, now));
    }
}

result<json> job_service::create(const std::string& id, const json& asked) {
    const timestamp now = clock_.now();
    const auto request = read_job_request(id, asked, now);
    if (!request) {
        return request.error();
    }
    if (table_.find(id) != nullptr) {
        return error{errc::job_already_exists, "There is a job with the id '" + id + "' already."};
    }
    if (table_.active() >= max_active_ || table_.all().size() >= 2 * max_kept) {
        return error{errc::throttling_max_active_job_count_exceeded,
                     "No more than " + std::to_string(max_active_) +
                         " jobs can be queued, scheduled or running."};
    }
    make_room(now);
    changed_ = true;
    const job& added = table_.add(*request, now);
    deadlines_.set(id, now);
    return describe(added);
}

// Forgets the oldest job that has ended, in slices, where there are too many.
void job_service::make_room(timestamp now) {
    const job* oldest = nullptr;
    for (const auto& [id, one] : table_.all()) {
        if (one.ended && (oldest == nullptr || *one.ended < *oldest->ended)) {
            oldest = &one;
        }
    }
    if (oldest != nullptr && table_.all().size() >= max_kept) {
        deadlines_.set(oldest->id, std::min(now, *oldest->ended));
    }
}

result<json> job_service::get(const std::string& id) {
    if (!is_job_id(id)) {
        return invalid_job_id();
    }
    if (const job* found = table_.find(id)) {
        return describe(*found);
    }
    for (json& other : other_jobs()) {
        if (other.at("jobId") == id) {
            return std::move(other);
        }
    }
    return unknown_job_document(id);
}

std::vector<json> job_service::other_jobs() const {
    return others_ ? others_() : std::vector<json>();
}

result<json> job_service::cancel(const std::string& id) {
    job* found = table_.find(id);
    if (found == nullptr) {
        return error{errc::job_not_found, "There is no job with this id."};
    }
    if (!is_active(*found) || found->status == job_status::running) {
        return error{errc::operation_not_allowed_in_current_state,
                     "The job cannot be cancelled, for it is " +
                         std::string(job_status_name(found->status)) + "."};
    }
    changed_ = true;
    found->status = job_status::cancelled;
    found->ended = clock_.now();
    table_.keep(*found);
    deadlines_.set(id, due(*found, *found->ended));
    return describe(*found);
}

json job_service::describe(const job& which) {
    return job_document(which, table_.definition(which.id));
}

job_page job_service::list(const job_filter& wanted, const job_page_request& which) {
    std::map<std::string, std::optional<json>> found; // others have their document already
    for (const auto& [id, one] : table_.all()) {
        if (id > which.after &&
            wanted.admits(job_type_name(one.type), job_status_name(one.status))) {
            found.emplace(id, std::nullopt);
        }
    }
    for (json& other : other_jobs()) {
        const auto id = other.at("jobId").get<std::string>();
        if (id > which.after && wanted.admits(other.at("type").get<std::string>(),
                                              other.at("status").get<std::string>())) {
            found.emplace(id, std::move(other));
        }
    }
    job_page page;
    for (auto& [id, document] : found) {
        if (page.jobs.size() == which.size) {
            page.more = true;
            break;
        }
        page.jobs.push_back(document ? *std::move(document) : describe(*table_.find(id)));
    }
    return page;
}

void job_service::clear() {
    changed_ = true;
    runs_.clear();
    deadlines_ = {};
    table_.clear();
}

void job_service::turn_failed() {
    if (!std::exchange(changed_, false)) {
        return;
    }
    const timestamp now = clock_.now();
    table_.load(now);
    plan(now);
    std::erase_if(runs_, [this](const auto& one) {
        const job* kept = table_.find(one.first);
        if (kept != nullptr && kept->status == job_status::running) {
            one.second->turn_failed(*kept);
            return false;
        }
        return true;
    });
}

// One slice of one job; others that are due follow in calls of their own.
void job_service::advance(timestamp now) {
    const auto id = deadlines_.due(now);
    if (!id) {
        return;
    }
    changed_ = true;
    deadlines_.set(*id, now + pause_after_fault);
    const auto next = step(*table_.find(*id), now);
    if (next) {
        deadlines_.set(*id, *next);
    } else {
        deadlines_.erase(*id);
    }
}

// When the job is to be looked at again; nothing where it is no more.
std::optional<timestamp> job_service::step(job& which, timestamp now) {
    switch (which.status) {
    case job_status::queued:
    case job_status::scheduled:
        return settle(which, now);
    case job_status::running:
        return run(which, now);
    case job_status::completed:
    case job_status::failed:
    case job_status::cancelled:
        break;
    }
    return forget(which, now);
}

timestamp job_service::settle(job& which, timestamp now) {
    const auto condition = read_job_condition(table_.definition(which.id).condition);
    if (!condition) {
        fail(which, now, condition.error());
    } else if (which.start > now) {
        which.status = job_status::scheduled;
    } else {
        which.status = job_status::running;
        which.began = now;
    }
    table_.keep(which);
    return due(which, now);
}

timestamp job_service::run(job& which, timestamp now) {
    auto& its_run = runs_[which.id];
    its_run = its_run ? its_run : make_run(which);
    if (!its_run) {
        fail(which, now, {errc::server_error, "What the job is to do cannot be read."});
    }
    timestamp next = now;
    try {
        next = its_run ? its_run->step(which, now) : now;
    } catch (const store_fault&) {
        table_.keep(which); // as far as it came
        throw;
    }
    table_.keep(which);
    if (which.ended) {
        runs_.erase(which.id);
        return due(which, now);
    }
    return next;
}

// Null where what is kept of it cannot be read.
std::shared_ptr<job_run> job_service::make_run(const job& which) {
    const job_definition definition = table_.definition(which.id);
    auto condition = read_job_condition(definition.condition);
    auto action = which.type == job_type::update_twin
                      ? make_twin_update(definition.action, twins_)
                      : make_method_call(definition.action, methods_);
    if (!condition || !action) {
        return nullptr;
    }
    return std::make_shared<job_run>(store_, job_targets(store_, queries_, *std::move(condition)),
                                     std::move(action),
                                     [this, id = which.id] { deadlines_.set(id, clock_.now()); });
}

std::optional<timestamp> job_service::forget(const job& which, timestamp now) {
    const std::string rows = std::string(device_job_records) + which.id + '/';
    const auto oldest = store_.list_records(rows, {}, max_rows_forgotten);
    for (const auto& [name, row] : oldest) {
        store_.remove_record(name);
    }
    if (oldest.size() == max_rows_forgotten) {
        return now;
    }
    table_.remove(std::string(which.id));
    return std::nullopt;
}

} // namespace iothub::core
