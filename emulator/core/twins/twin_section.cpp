#include "emulator/core/twins/twin_section.hpp"

#include "emulator/core/twins/twin.hpp"

namespace iothub::core {

namespace {

void put_stamp(json& node, const write_stamp& stamp) {
    node["$lastUpdated"] = stamp.time;
    if (stamp.version) {
        node["$lastUpdatedVersion"] = *stamp.version;
    }
}

void merge_object(json& values, json& metadata, const json& patch, const write_stamp& stamp);

void merge_member(json& value, json& metadata, const json& patch, const write_stamp& stamp) {
    if (!patch.is_object()) {
        value = patch;
        metadata = json::object();
        put_stamp(metadata, stamp);
        return;
    }
    if (!value.is_object()) {
        value = json::object();
        metadata = json::object();
    }
    merge_object(value, metadata, patch, stamp);
}

void merge_object(json& values, json& metadata, const json& patch, const write_stamp& stamp) {
    put_stamp(metadata, stamp);
    for (const auto& [name, change] : patch.items()) {
        if (change.is_null()) {
            values.erase(name);
            metadata.erase(name);
        } else {
            merge_member(values[name], metadata[name], change, stamp);
        }
    }
}

} // namespace

void merge_section(twin_section& section, const json& patch, const write_stamp& stamp) {
    merge_object(section.values.writable(), section.metadata.writable(), patch, stamp);
}

void replace_section(twin_section& section, const json& values, const write_stamp& stamp) {
    section.values = twin_part();
    section.metadata = twin_part();
    merge_section(section, values, stamp);
}

json without_system_members(json section) {
    if (section.is_object()) {
        section.erase("$metadata");
        section.erase("$version");
    }
    return section;
}

} // namespace iothub::core
