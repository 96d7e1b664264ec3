#include "emulator/core/jobs/job_request.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "common/member_reader.hpp"
#include "emulator/core/methods/method_document.hpp"
#include "emulator/core/twins/twin_document.hpp"
#include "emulator/core/twins/twin_section.hpp"
#include "emulator/core/twins/twin_validation.hpp"

namespace iothub::core {

namespace {

constexpr std::chrono::hours farthest_start{168};

error invalid(std::string message) {
    return {errc::argument_invalid, std::move(message)};
}

const json* object_member(const json& document, const char* name) {
    const auto found = document.find(name);
    return found == document.end() || found->is_null() ? nullptr : &*found;
}

// A part of a patch that no twin could take is refused before any is asked.
result<> check_section(const char* name, const std::optional<json>& section, std::size_t limit) {
    if (!section || section->is_null()) {
        return {};
    }
    const json patch = without_system_members(*section);
    const auto valid = validate_section(name, patch);
    return valid ? check_size(name, json::object(), patch, limit) : valid;
}

result<> check_update(const json& update) {
    const auto etag = update.find("etag");
    if (etag == update.end() || *etag != "*") {
        return invalid("The etag is missing or invalid for job type ScheduleUpdateTwin. "
                       "It must be '*': the update is forced.");
    }
    const auto change = read_twin_change(update);
    if (!change) {
        return change.error();
    }
    const auto tags = check_section("tags", change->tags, max_tags_size);
    return tags ? check_section("properties.desired", change->desired, max_properties_size) : tags;
}

result<> check_call(const json& method) {
    const auto request = read_method_document(method);
    return request ? check_method(*request) : request.error();
}

// The one of both members that goes with the type, and only it.
result<std::string> read_action(const json& document, job_type type) {
    const json* method = object_member(document, "cloudToDeviceMethod");
    const json* update = object_member(document, "updateTwin");
    const bool calls = type == job_type::device_method;
    const json* wanted = calls ? method : update;
    if (wanted == nullptr || !wanted->is_object()) {
        return invalid(std::string("The member '") +
                       (calls ? "cloudToDeviceMethod" : "updateTwin") + "' must be an object.");
    }
    if (method != nullptr && update != nullptr) {
        return invalid("A job has either 'cloudToDeviceMethod' or 'updateTwin'.");
    }
    if (const auto fits = calls ? check_call(*wanted) : check_update(*wanted); !fits) {
        return fits.error();
    }
    return to_text(*wanted);
}

void read_start(const member_reader& members, job_request& into, timestamp now) {
    into.start = now;
    const auto text = members.text("startTime");
    if (!text) {
        return;
    }
    const auto start = parse_iso_8601(*text);
    if (!start) {
        members.refuse("startTime", "must be a time in ISO 8601");
    } else if (*start > now + farthest_start) {
        members.refuse("startTime", "must be within the next 168 hours");
    } else {
        into.start = *start;
    }
}

void read_members(const member_reader& members, job_request& into, timestamp now) {
    if (members.text("jobId").value_or(into.id) != into.id) {
        members.refuse("jobId", "must be the id in the path");
    }
    if (const auto type = job_type_of(members.text("type").value_or(""))) {
        into.type = *type;
    } else {
        members.refuse("type", "must be scheduleDeviceMethod or scheduleUpdateTwin");
    }
    if (auto condition = members.text("queryCondition")) {
        into.definition.condition = *std::move(condition);
    } else {
        members.refuse("queryCondition", "is required");
    }
    read_start(members, into, now);
    constexpr const char* time_limit = "maxExecutionTimeInSeconds";
    const std::int64_t seconds = members.integer(time_limit).value_or(0);
    if (seconds < 0) {
        members.refuse(time_limit, "must not be negative");
    }
    into.max_execution_seconds = seconds == 0 ? into.max_execution_seconds : seconds;
}

} // namespace

bool is_job_id(std::string_view id) {
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '\'';
    };
    return !id.empty() && id.size() <= 64 && std::ranges::all_of(id, allowed);
}

error invalid_job_id() {
    return invalid("A job id has 1 to 64 characters of a-z, 0-9, - and '.");
}

result<job_request> read_job_request(const std::string& id, const json& document, timestamp now) {
    if (!is_job_id(id)) {
        return invalid_job_id();
    }
    job_request read;
    read.id = id;
    std::optional<error> fault;
    read_members(member_reader(document, fault), read, now);
    if (fault) {
        return *fault;
    }
    auto action = read_action(document, read.type);
    if (!action) {
        return action.error();
    }
    read.definition.action = *std::move(action);
    return read;
}

} // namespace iothub::core
