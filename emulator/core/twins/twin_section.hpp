#pragma once
// How a section of a twin changes (service API §3.2–§3.4): values by merge patch, metadata beside
// them.

#include <cstdint>
#include <optional>
#include <string>

#include "common/json_fwd.hpp"
#include "common/timestamp.hpp"

namespace iothub::core {

struct twin_section;

// What a write leaves on every node it touches. Desired nodes carry the version, reported ones do
// not.
struct write_stamp {
    write_stamp(timestamp now, std::optional<std::uint64_t> desired_version)
        : time(iso_8601(now))
        , version(desired_version) {}

    std::string time;
    std::optional<std::uint64_t> version;
};

// Both take an object without $metadata and $version. A changed leaf and all its ancestors up to
// the section are stamped; the section's own version is left to the caller.
void merge_section(twin_section& section, const json& patch, const write_stamp& stamp);
void replace_section(twin_section& section, const json& values, const write_stamp& stamp);

// The object without "$metadata" and "$version", which clients send back and the hub ignores.
json without_system_members(json section);

} // namespace iothub::core
