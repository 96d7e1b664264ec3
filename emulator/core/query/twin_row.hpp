#pragma once
// A twin with its owner as a row of a query: `FROM devices` and `FROM devices.modules` (service API
// §6.1). The twin is read only when something of it is asked for.

#include "emulator/core/query/row.hpp"
#include "emulator/core/registry/identity.hpp"
#include "emulator/core/twins/twin.hpp"

namespace iothub::core {
class store;
}

namespace iothub::core::query {

class twin_row final : public row {
public:
    // `owner` as the registry shows it: with what is not stored.
    twin_row(core::store& store, identity owner);

    std::optional<json> find(const path& where) const override;

    const identity_key& key() const { return owner_.key; }
    const identity& owner() const { return owner_; }
    const core::twin& twin() const; // store_fault where it cannot be read

    // The service's view of the twin (core/twins/twin_view): what SELECT * answers.
    json document() const;

private:
    core::store& store_;
    identity owner_;
    mutable std::optional<core::twin> twin_;
};

} // namespace iothub::core::query
