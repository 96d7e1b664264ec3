#include "emulator/core/notifications/twin_notification.hpp"

#include "common/json.hpp"
#include "emulator/core/twins/twin.hpp"
#include "emulator/core/twins/twin_members.hpp"
#include "emulator/core/twins/twin_service.hpp"

namespace iothub::core {

namespace {

// Of the metadata of a section, what belongs to the members of a patch.
json metadata_of(const json& patch, const json& metadata) {
    json kept = json::object();
    for (const char* stamp : {"$lastUpdated", "$lastUpdatedVersion"}) {
        if (const auto found = metadata.find(stamp); found != metadata.end()) {
            kept[stamp] = *found;
        }
    }
    for (const auto& [name, change] : patch.items()) {
        if (const auto found = metadata.find(name); found != metadata.end()) {
            kept[name] = change.is_object() ? metadata_of(change, *found) : *found;
        }
    }
    return kept;
}

json changed_section(const json& patch, const twin_section& now) {
    json section = patch;
    section["$metadata"] = metadata_of(patch, now.metadata);
    section["$version"] = now.version;
    return section;
}

} // namespace

json whole_twin_body(const twin& t) {
    json body = {{"deviceId", t.key.device_id}};
    if (t.key.is_module()) {
        body["moduleId"] = t.key.module_id;
    }
    body["etag"] = etag_text(t);
    body["version"] = t.version;
    if (!t.tags->empty()) {
        body["tags"] = t.tags;
    }
    body["properties"] = {{"desired", section_document(t.desired)},
                          {"reported", section_document(t.reported)}};
    return body;
}

json twin_update_body(const twin& now, const twin_update& update) {
    json body = {{"version", now.version}};
    if (update.tags) {
        body["tags"] = *update.tags;
    }
    if (update.desired) {
        body["properties"]["desired"] = changed_section(*update.desired, now.desired);
    }
    if (update.reported) {
        body["properties"]["reported"] = changed_section(*update.reported, now.reported);
    }
    return body;
}

} // namespace iothub::core
