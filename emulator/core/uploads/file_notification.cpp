#include "emulator/core/uploads/file_notification.hpp"

#include <chrono>

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "common/member_reader.hpp"

namespace iothub::core {

namespace {

std::string with_offset(timestamp time) {
    return iso_8601_without_zone(std::chrono::floor<std::chrono::seconds>(time)) + "+00:00";
}

std::optional<timestamp> time_in(const member_reader& members, const char* name) {
    return parse_iso_8601(members.text(name).value_or(""));
}

} // namespace

json file_notification_document(const file_notification& what) {
    return {{"deviceId", what.device_id},
            {"blobUri", what.blob_uri},
            {"blobName", what.blob_name},
            {"lastUpdatedTime", with_offset(what.updated)},
            {"blobSizeInBytes", what.blob_size.value_or(0)},
            {"enqueuedTimeUtc", iso_8601_round_trip(what.enqueued)}};
}

std::string file_notification_record(const file_notification& what) {
    json record = file_notification_document(what);
    if (!what.blob_size) {
        record.erase("blobSizeInBytes");
    }
    return to_text(record);
}

std::optional<file_notification> read_file_notification_record(const std::string& text) {
    const auto record = parse_json(text);
    if (!record || !record->is_object()) {
        return std::nullopt;
    }
    std::optional<error> fault;
    const member_reader members(*record, fault);
    const auto updated = time_in(members, "lastUpdatedTime");
    const auto enqueued = time_in(members, "enqueuedTimeUtc");
    file_notification read;
    read.device_id = members.text("deviceId").value_or("");
    read.blob_uri = members.text("blobUri").value_or("");
    read.blob_name = members.text("blobName").value_or("");
    if (fault || !updated || !enqueued) {
        return std::nullopt;
    }
    read.updated = *updated;
    read.enqueued = *enqueued;
    if (const auto size = record->find("blobSizeInBytes");
        size != record->end() && size->is_number_unsigned()) {
        read.blob_size = size->get<std::uint64_t>();
    }
    return read;
}

} // namespace iothub::core
