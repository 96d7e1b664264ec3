#pragma once
// A hub with a device and a module in it, a clock that stands still and a store that can fail: what
// every script runs against.

#include <string>
#include <string_view>
#include <vector>

#include "common/identity_key.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/storage/memory_store.hpp"
#include "support/faulty_store.hpp"
#include "support/fixed_ids.hpp"
#include "support/manual_clock.hpp"
#include "support/mqtt_packets.hpp"
#include "support/recording_log.hpp"

namespace iothub::test {

// The key of every identity here, and of the recorded tokens (device protocol §1.5).
inline constexpr std::string_view identity_secret = "MDEyMzQ1Njc4OQ==";

struct world {
    world();

    manual_clock clock;
    fixed_ids ids;
    recording_log log;
    storage::memory_store kept;
    faulty_store store{kept};
    core::hub hub{store, clock, ids, log};

    void add(const identity_key& key, bool enabled = true);
    void change_desired(const identity_key& key, std::string_view desired);
    std::vector<core::event> events(const std::string& device_id);
};

const identity_key device{"dev1", ""};
const identity_key module{"dev1", "m1"};

// A token of the identity's own that lasts an hour from the world's start.
std::string token_of(const identity_key& key);

// CONNECT as `key` with everything in order; tests change what they are about.
packet::connect_fields good_connect(const identity_key& key);

} // namespace iothub::test
