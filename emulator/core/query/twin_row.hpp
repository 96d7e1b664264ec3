#pragma once
// A twin with its owner as a row of a query: `FROM devices` and `FROM devices.modules` (service API
// §6.1). What is not stored with the identity is filled in, and the twin is read, only when
// something of it is asked for, and once.

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "emulator/core/query/result_row.hpp"
#include "emulator/core/registry/identity.hpp"
#include "emulator/core/twins/twin.hpp"
#include "emulator/core/twins/twin_members.hpp"

namespace iothub::core {
class identity_registry;
class store;
} // namespace iothub::core

namespace iothub::core::query {

class twin_row final : public result_row, public twin_parts {
public:
    // `owner` as it is stored.
    twin_row(core::store& store, identity_registry& identities, identity owner);

    value find(const path& where) const override;

    const identity_key& key() const override { return owner_.key; }
    const identity& owner() const override;  // as the registry shows it
    const core::twin& twin() const override; // store_fault where it cannot be read
    const identity* capable_device() const override;

    // The service's view of the twin: what SELECT * answers. A module shows the capabilities of its
    // device (§6.2).
    json document() const override;

private:
    using names = std::span<const std::string>;

    value find_inside(const twin_member& member, names where) const;
    value find_property(names where) const;
    const json* whole(const twin_member& member) const; // null: the twin has no such member

    core::store& store_;
    identity_registry& identities_;
    mutable identity owner_;
    mutable bool complete_ = false;
    mutable std::optional<core::twin> twin_;
    mutable std::optional<identity> device_;                       // of a module
    mutable std::map<std::string_view, std::optional<json>> made_; // members asked for as a whole
};

} // namespace iothub::core::query
