#include "emulator/core/jobs/job_targets.hpp"

#include <utility>

#include "emulator/core/jobs/device_job.hpp"
#include "emulator/core/jobs/device_job_records.hpp"
#include "emulator/core/query/query_service.hpp"
#include "emulator/core/query/scan.hpp"
#include "emulator/core/query/twin_row.hpp"
#include "emulator/core/store.hpp"

namespace iothub::core {

result<query::condition> read_job_condition(const std::string& text) {
    auto read = query::parse_condition(text);
    if (read && read->from == query::collection::jobs) {
        return error{errc::argument_invalid, "A job cannot be about devices.jobs."};
    }
    return read;
}

job_targets::job_targets(core::store& store, query::query_service& queries,
                         query::condition condition)
    : store_(store)
    , queries_(queries)
    , condition_(std::move(condition)) {}

job_targets::~job_targets() = default;
job_targets::job_targets(job_targets&&) noexcept = default;

bool job_targets::find_next(job& which) {
    // A scan that has thrown is not used again.
    auto scan = scan_ ? std::move(scan_) : queries_.select(condition_, which.position);
    const bool more = scan->read(max_looked_at, [this, &which](const query::twin_row& found) {
        const device_job row{.whose = found.key(), .updated = *which.began};
        store_.put_record(device_job_record(which.id, row.whose), device_job_text(which, row));
        which.position = row.whose;
        ++which.statistics.devices;
        ++which.statistics.pending;
        return true;
    });
    which.position = scan->position();
    scan_ = std::move(scan);
    return more;
}

void job_targets::forget() {
    scan_.reset();
}

} // namespace iothub::core
