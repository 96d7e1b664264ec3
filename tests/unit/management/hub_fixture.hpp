#pragma once
// A hub in memory and what the management port shows of it.

#include "emulator/core/hub.hpp"
#include "emulator/management/surroundings.hpp"
#include "emulator/storage/memory_store.hpp"
#include "support/fixed_ids.hpp"
#include "support/manual_clock.hpp"
#include "support/recording_log.hpp"

namespace iothub::test {

struct managed_hub {
    storage::memory_store store;
    manual_clock clock;
    fixed_ids ids;
    recording_log journal;
    core::hub hub{store, clock, ids, journal};
    std::optional<std::string> trouble;

    management::surroundings around{
        hub,
        {"localhost"},
        [this] { return trouble; },
        [this] { return trouble; },
        [] { return std::string("-----BEGIN CERTIFICATE-----\n"); },
        [] {
            return management::connection_strings{
                {{"iothubowner", "HostName=localhost;SharedAccessKeyName=iothubowner"},
                 {"service", "HostName=localhost;SharedAccessKeyName=service"}},
                "Endpoint=sb://localhost;UseDevelopmentEmulator=true",
                "/data/ca.pem"};
        },
        [](const core::identity& id) { return "the string of " + id.key.text(); },
        [this] { return store.count_identities(); }};
};

} // namespace iothub::test
