#include "emulator/core/jobs/job_table.hpp"

#include <algorithm>

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "emulator/core/jobs/device_job_records.hpp"
#include "emulator/core/store.hpp"

namespace iothub::core {

namespace {

constexpr std::string_view records = "jobs/";
constexpr std::string_view definitions = "job-definitions/";

std::string record_name(std::string_view prefix, std::string_view id) {
    return std::string(prefix).append(id);
}

job unreadable(std::string id, timestamp now) {
    job lost;
    lost.id = std::move(id);
    lost.status = job_status::failed;
    lost.ended = now;
    lost.failure_reason = "What was kept of this job cannot be read.";
    return lost;
}

} // namespace

job_table::job_table(core::store& store, timestamp now)
    : store_(store) {
    load(now);
}

void job_table::load(timestamp now) {
    jobs read;
    for (const auto& [name, text] : store_.list_records(records)) {
        const std::string id = name.substr(records.size());
        read.emplace(id, read_job_record(text).value_or(unreadable(id, now)));
    }
    jobs_ = std::move(read);
}

job* job_table::find(std::string_view id) {
    const auto found = jobs_.find(id);
    return found == jobs_.end() ? nullptr : &found->second;
}

std::size_t job_table::active() const {
    return std::size_t(
        std::ranges::count_if(jobs_, [](const auto& one) { return is_active(one.second); }));
}

job& job_table::add(const job_request& asked, timestamp now) {
    job added;
    added.id = asked.id;
    added.type = asked.type;
    added.created = now;
    added.start = asked.start;
    added.max_execution_seconds = asked.max_execution_seconds;
    const json definition = json::array({asked.definition.condition, asked.definition.action});
    store_.put_record(record_name(definitions, asked.id), to_text(definition));
    keep(added);
    return jobs_[asked.id] = added;
}

void job_table::keep(const job& changed) {
    store_.put_record(record_name(records, changed.id), job_record(changed));
}

void job_table::remove(const std::string& id) {
    store_.remove_record(record_name(records, id));
    store_.remove_record(record_name(definitions, id));
    jobs_.erase(id);
}

void job_table::clear() {
    store_.remove_records(records);
    store_.remove_records(definitions);
    store_.remove_records(device_job_records);
    jobs_.clear();
}

job_definition job_table::definition(std::string_view id) {
    const auto text = store_.find_record(record_name(definitions, id));
    const auto read = parse_json(text.value_or(""));
    const auto is_text = [](const json& part) { return part.is_string(); };
    if (!read || !read->is_array() || read->size() != 2 || !std::ranges::all_of(*read, is_text)) {
        return {};
    }
    return {(*read)[0].get<std::string>(), (*read)[1].get<std::string>()};
}

} // namespace iothub::core
