#include "emulator/core/jobs/job.hpp"

#include <algorithm>
#include <array>

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "common/letter_case.hpp"

namespace iothub::core {

namespace {

constexpr std::array<std::string_view, 2> types{"scheduleDeviceMethod", "scheduleUpdateTwin"};
constexpr std::array<std::string_view, 6> statuses{"queued",    "scheduled", "running",
                                                   "completed", "failed",    "cancelled"};
constexpr std::array<std::string_view, 3> stages{"targeting", "working", "closing"};

template <class Enum, std::size_t N>
Enum value_of(const std::array<std::string_view, N>& names, const json& name) {
    const auto found = std::ranges::find(names, name.get<std::string>());
    if (found == names.end()) {
        throw std::out_of_range("no such name");
    }
    return Enum(found - names.begin());
}

json key_record(const identity_key& key) {
    return json::array({key.device_id, key.module_id});
}

identity_key read_key(const json& record) {
    return {record.at(0).get<std::string>(), record.at(1).get<std::string>()};
}

timestamp read_time(const json& record) {
    const auto time = parse_iso_8601(record.get<std::string>());
    if (!time) {
        throw std::out_of_range("no time");
    }
    return *time;
}

std::optional<timestamp> read_optional_time(const json& record, const char* name) {
    const auto found = record.find(name);
    return found == record.end() ? std::nullopt : std::optional(read_time(*found));
}

json statistics_record(const job_statistics& s) {
    return json::array({s.devices, s.failed, s.succeeded, s.running, s.pending});
}

job_statistics read_statistics(const json& record) {
    const auto number = [&record](std::size_t index) {
        return record.at(index).get<std::uint64_t>();
    };
    return {number(0), number(1), number(2), number(3), number(4)};
}

// Throws where a member is missing or of the wrong type.
job read_members(const json& record) {
    job read;
    read.id = record.at("id").get<std::string>();
    read.type = value_of<job_type>(types, record.at("type"));
    read.status = value_of<job_status>(statuses, record.at("status"));
    read.created = read_time(record.at("created"));
    read.start = read_time(record.at("start"));
    read.began = read_optional_time(record, "began");
    read.ended = read_optional_time(record, "ended");
    read.max_execution_seconds = record.at("maxExecutionSeconds").get<std::int64_t>();
    read.failure_reason = record.at("failureReason").get<std::string>();
    read.statistics = read_statistics(record.at("statistics"));
    read.stage = value_of<job_stage>(stages, record.at("stage"));
    read.position = read_key(record.at("position"));
    for (const json& key : record.at("inFlight")) {
        read.in_flight.push_back(read_key(key));
    }
    return read;
}

} // namespace

bool is_active(const job& which) {
    return which.status == job_status::queued || which.status == job_status::scheduled ||
           which.status == job_status::running;
}

std::string_view job_type_name(job_type type) {
    return types[std::size_t(type)];
}

std::optional<job_type> job_type_of(std::string_view name) {
    const auto found = std::ranges::find_if(
        types, [name](std::string_view known) { return equal_ignoring_case(known, name); });
    return found == types.end() ? std::nullopt : std::optional(job_type(found - types.begin()));
}

std::string_view job_status_name(job_status status) {
    return statuses[std::size_t(status)];
}

std::string job_record(const job& which) {
    json record{{"id", which.id},
                {"type", job_type_name(which.type)},
                {"status", job_status_name(which.status)},
                {"created", iso_8601(which.created)},
                {"start", iso_8601(which.start)},
                {"maxExecutionSeconds", which.max_execution_seconds},
                {"failureReason", which.failure_reason},
                {"statistics", statistics_record(which.statistics)},
                {"stage", stages[std::size_t(which.stage)]},
                {"position", key_record(which.position)},
                {"inFlight", json::array()}};
    if (which.began) {
        record["began"] = iso_8601(*which.began);
    }
    if (which.ended) {
        record["ended"] = iso_8601(*which.ended);
    }
    for (const identity_key& key : which.in_flight) {
        record["inFlight"].push_back(key_record(key));
    }
    return to_text(record);
}

std::optional<job> read_job_record(std::string_view text) {
    const auto record = parse_json(text);
    if (!record) {
        return std::nullopt;
    }
    try {
        return read_members(*record);
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

} // namespace iothub::core
