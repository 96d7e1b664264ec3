#pragma once
// Keeps identity_counts right while identities come, change and go; both stores use it.

#include <optional>

#include "emulator/core/store.hpp"

namespace iothub::storage {

// `was_enabled` is nothing where the identity is new.
inline void tally_put(core::identity_counts& counts, const core::identity& now,
                      std::optional<bool> was_enabled) {
    if (now.key.is_module()) {
        counts.modules += was_enabled ? 0 : 1;
        return;
    }
    counts.devices += was_enabled ? 0 : 1;
    counts.enabled_devices += now.enabled ? 1 : 0;
    counts.enabled_devices -= was_enabled.value_or(false) ? 1 : 0;
}

inline void tally_removed(core::identity_counts& counts, bool is_module, bool was_enabled) {
    if (is_module) {
        --counts.modules;
        return;
    }
    --counts.devices;
    counts.enabled_devices -= was_enabled ? 1 : 0;
}

} // namespace iothub::storage
