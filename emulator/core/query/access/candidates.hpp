#pragma once
// Where a scan gets identities from: kinds of ways to those that may be selected, all of them in
// the order of keys. Each is asked again for what is behind a key, so that nothing need be
// remembered while identities come and go. access_path chooses one.

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "emulator/core/registry/identity.hpp"

namespace iothub::core {
class session_table;
class store;
} // namespace iothub::core

namespace iothub::core::query {

class candidates {
public:
    struct chunk {
        std::vector<identity> found;
        identity_key up_to; // nothing was left out up to and with this one
        bool more = false;  // behind it
    };

    virtual ~candidates() = default;

    // Looks up at most `limit` of them, at least 1.
    virtual chunk behind(const identity_key& after, std::size_t limit) = 0;
};

// Devices or modules whose device's id begins with `prefix`.
std::unique_ptr<candidates> all_candidates(core::store& store, bool modules,
                                           std::string prefix = {});

// The identities of these keys, as far as there are any.
std::unique_ptr<candidates> named_candidates(core::store& store, std::vector<identity_key> keys);

// All modules of these devices.
std::unique_ptr<candidates> candidates_of_devices(core::store& store,
                                                  std::vector<std::string> device_ids);

// Those with a session.
std::unique_ptr<candidates> connected_candidates(core::store& store, const session_table& sessions,
                                                 bool modules);

} // namespace iothub::core::query
