#pragma once
// A hub that keeps everything in memory, with a clock, ids and a log that a test holds in its hand.

#include <string>
#include <utility>

#include "common/json.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/storage/memory_store.hpp"
#include "support/fixed_ids.hpp"
#include "support/manual_clock.hpp"
#include "support/recording_log.hpp"

namespace iothub::test {

struct memory_hub {
    explicit memory_hub(core::hub_settings settings = {})
        : hub(store, clock, ids, log, std::move(settings)) {}

    manual_clock clock;
    fixed_ids ids;
    recording_log log;
    storage::memory_store store;
    core::hub hub;

    core::identity create(const identity_key& key) {
        return hub.identities().put({.key = key}, {}).value();
    }

    core::twin twin(const identity_key& key) { return hub.twins().get(key).value(); }
};

inline std::string etag(const core::identity& id) {
    return core::etag_text(id);
}

} // namespace iothub::test
