#pragma once
// An export or import job as its history keeps and a back end sees it: JobProperties (service API
// §1.5). URIs of containers are neither kept nor shown, for they hold signatures.

#include <optional>
#include <string>
#include <string_view>

#include "common/json_fwd.hpp"
#include "common/timestamp.hpp"

namespace iothub::core {

enum class transfer_type { export_devices, import_devices };
enum class transfer_status { enqueued, running, completed, failed, cancelled };

struct transfer_job {
    std::string id; // a GUID
    transfer_type type = transfer_type::export_devices;
    transfer_status status = transfer_status::enqueued;
    int progress = 0; // percent
    timestamp started = never;
    std::optional<timestamp> ended;
    bool exclude_keys = false;
    std::string failure_reason; // of one that failed

    bool operator==(const transfer_job&) const = default;
};

// "export", "import".
std::string_view transfer_type_name(transfer_type type);
std::optional<transfer_type> transfer_type_of(std::string_view name); // in any case

// "enqueued", "running", "completed", "failed", "cancelled".
std::string_view transfer_status_name(transfer_status status);

json transfer_document(const transfer_job& job);

// What transfer_document() wrote; nothing where it is something else.
std::optional<transfer_job> read_transfer_document(const json& document);

} // namespace iothub::core
