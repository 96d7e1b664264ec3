#pragma once
// The members of a twin document (service API §3.1), each by itself and all in the hub's order:
// twin_document puts them together, queries look at single ones.

#include <optional>
#include <span>
#include <string_view>

#include "common/json_fwd.hpp"
#include "emulator/core/registry/identity.hpp"
#include "emulator/core/twins/twin.hpp"

namespace iothub::core {

// What the members are made of. Each part is asked for only where a member needs it.
class twin_parts {
public:
    virtual const identity_key& key() const = 0;
    virtual const identity& owner() const = 0; // as the registry shows it
    virtual const core::twin& twin() const = 0;
    // Whose capabilities are shown; null: nobody's.
    virtual const identity* capable_device() const = 0;

protected:
    ~twin_parts() = default;
};

struct twin_member {
    std::string_view name;
    std::optional<json> (*value)(const twin_parts&); // nothing: the twin has no such member
};

std::span<const twin_member> twin_members();

// The user's members first, then $metadata, then $version.
json section_document(const twin_section& section);

} // namespace iothub::core
