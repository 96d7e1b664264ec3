#pragma once
// What a back end learns of a file that a device has uploaded (service API §7.4; row F01).

#include <cstdint>
#include <optional>
#include <string>

#include "common/json_fwd.hpp"
#include "common/timestamp.hpp"

namespace iothub::core {

struct file_notification {
    std::uint64_t sequence_number = 0; // growing
    std::string device_id;
    std::string blob_uri;
    std::string blob_name;                  // "{device}/{name}", or "{device}/{module}/{name}"
    timestamp updated = never;              // whole seconds
    timestamp enqueued = never;             // when the device told of it
    std::optional<std::uint64_t> blob_size; // nothing until the storage was asked

    bool operator==(const file_notification&) const = default;
};

inline constexpr const char* file_notification_content_type =
    "application/vnd.microsoft.iothub.filenotification.json";

// {"deviceId":"d","blobUri":"https://…","blobName":"d/f","lastUpdatedTime":"…+00:00",
//  "blobSizeInBytes":12,"enqueuedTimeUtc":"…Z"}
json file_notification_document(const file_notification& what);

// As the store keeps it, but for its number; nothing where the text is no such thing.
std::string file_notification_record(const file_notification& what);
std::optional<file_notification> read_file_notification_record(const std::string& text);

} // namespace iothub::core
