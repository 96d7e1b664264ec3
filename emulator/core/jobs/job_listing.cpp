#include "emulator/core/jobs/job_listing.hpp"

#include <algorithm>
#include <array>

#include "common/json.hpp"
#include "common/letter_case.hpp"

namespace iothub::core {

namespace {

constexpr std::array<std::string_view, 12> types{
    "unknown",
    "export",
    "import",
    "backup",
    "readdeviceproperties",
    "writedeviceproperties",
    "updatedeviceconfiguration",
    "rebootdevice",
    "factoryresetdevice",
    "firmwareupdate",
    "scheduledevicemethod",
    "scheduleupdatetwin",
};

constexpr std::array<std::string_view, 8> statuses{
    "unknown", "enqueued", "queued", "scheduled", "running", "completed", "failed", "cancelled",
};

// What .NET calls otherwise.
std::string wire_name(std::string name) {
    return name == "exportdevices" ? "export" : name == "importdevices" ? "import" : name;
}

bool is_admitted(std::string_view wanted, std::string_view name) {
    return wanted.empty() || equal_ignoring_case(wanted, name);
}

} // namespace

bool job_filter::admits(std::string_view job_type, std::string_view job_status) const {
    return is_admitted(type, job_type) && is_admitted(status, job_status);
}

result<job_filter> read_job_filter(std::string_view type, std::string_view status) {
    job_filter read{wire_name(lower_case(type)), lower_case(status)};
    if (!read.type.empty() && std::ranges::find(types, read.type) == types.end()) {
        return error{errc::argument_invalid, "jobType is not the name of a type of jobs."};
    }
    if (!read.status.empty() && std::ranges::find(statuses, read.status) == statuses.end()) {
        return error{errc::argument_invalid, "jobStatus is not the name of a status of jobs."};
    }
    return read;
}

} // namespace iothub::core
