#include "emulator/core/transfers/transfer_job.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "common/json.hpp"
#include "common/letter_case.hpp"
#include "common/member_reader.hpp"

namespace iothub::core {

namespace {

constexpr std::array types{
    std::pair{transfer_type::export_devices, std::string_view("export")},
    std::pair{transfer_type::import_devices, std::string_view("import")},
};

constexpr std::array statuses{
    std::pair{transfer_status::enqueued, std::string_view("enqueued")},
    std::pair{transfer_status::running, std::string_view("running")},
    std::pair{transfer_status::completed, std::string_view("completed")},
    std::pair{transfer_status::failed, std::string_view("failed")},
    std::pair{transfer_status::cancelled, std::string_view("cancelled")},
};

template <class Table>
auto value_of(const Table& table, std::string_view name) {
    const auto found = std::ranges::find_if(
        table, [name](const auto& one) { return equal_ignoring_case(one.second, name); });
    return found == table.end() ? std::nullopt : std::optional(found->first);
}

template <class Table, class Value>
std::string_view name_of(const Table& table, Value value) {
    return std::ranges::find(table, value, &Table::value_type::first)->second;
}

} // namespace

std::string_view transfer_type_name(transfer_type type) {
    return name_of(types, type);
}

std::optional<transfer_type> transfer_type_of(std::string_view name) {
    return value_of(types, name);
}

std::string_view transfer_status_name(transfer_status status) {
    return name_of(statuses, status);
}

json transfer_document(const transfer_job& job) {
    json d{{"jobId", job.id}, {"startTimeUtc", iso_8601(job.started)}};
    if (job.ended) {
        d["endTimeUtc"] = iso_8601(*job.ended);
    }
    d["type"] = transfer_type_name(job.type);
    d["status"] = transfer_status_name(job.status);
    d["progress"] = job.progress;
    d["excludeKeysInExport"] = job.exclude_keys;
    d["useSecondaryStorageAsSource"] = false;
    if (job.ended) {
        d["failureReason"] = job.failure_reason.empty() ? json(nullptr) : json(job.failure_reason);
    }
    return d;
}

std::optional<transfer_job> read_transfer_document(const json& document) {
    std::optional<error> fault;
    const member_reader members(document, fault);
    const auto type = transfer_type_of(members.text("type").value_or(""));
    const auto status = value_of(statuses, members.text("status").value_or(""));
    const auto started = parse_iso_8601(members.text("startTimeUtc").value_or(""));
    const auto ended = members.text("endTimeUtc");
    transfer_job job;
    job.id = members.text("jobId").value_or("");
    job.progress = static_cast<int>(members.integer("progress").value_or(0));
    job.ended = ended ? parse_iso_8601(*ended) : std::nullopt;
    job.exclude_keys = members.flag("excludeKeysInExport");
    job.failure_reason = members.text("failureReason").value_or("");
    if (fault || !type || !status || !started) {
        return std::nullopt;
    }
    job.type = *type;
    job.status = *status;
    job.started = *started;
    return job;
}

} // namespace iothub::core
