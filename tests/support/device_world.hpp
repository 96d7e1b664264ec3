#pragma once
// A hub with a device and a module in it, a clock that stands still and a store that can fail: what
// every script of a device protocol runs against.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/identity_key.hpp"
#include "common/json_text.hpp"
#include "common/sas_token.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/storage/memory_store.hpp"
#include "support/faulty_store.hpp"
#include "support/fixed_ids.hpp"
#include "support/manual_clock.hpp"
#include "support/recording_log.hpp"

namespace iothub::test {

// The key of every identity here, and of the recorded tokens (device protocol §1.5).
inline constexpr std::string_view identity_secret = "MDEyMzQ1Njc4OQ==";

struct world {
    explicit world(core::hub_settings settings = {});

    manual_clock clock;
    fixed_ids ids;
    recording_log log;
    storage::memory_store kept;
    faulty_store store{kept};
    core::hub hub;

    void add(const identity_key& key, bool enabled = true);
    void change_desired(const identity_key& key, std::string_view desired);
    std::vector<core::event> events(const std::string& device_id);
};

inline const identity_key device{"dev1", ""};
inline const identity_key module{"dev1", "m1"};

inline core::identity make_identity(const identity_key& key) {
    core::identity id;
    id.key = key;
    id.generation_id = "637000000000000000";
    id.authentication.primary_key = identity_secret;
    id.authentication.secondary_key = "c2Vjb25kYXJ5IGtleSBvZiB0ZXN0cw==";
    return id;
}

inline std::string path_of(const identity_key& key) {
    const std::string path = "devices/" + key.device_id;
    return key.is_module() ? path + "/modules/" + key.module_id : path;
}

inline world::world(core::hub_settings settings)
    : hub(store, clock, ids, log, std::move(settings)) {
    add(device);
    add(module);
    core::identity with_certificate = make_identity({"x509", ""});
    with_certificate.authentication.type = core::authentication_type::self_signed;
    kept.put_identity(with_certificate);
    kept.put_twin(core::make_twin(with_certificate.key, clock.now()));
    add({"disabled", ""}, false);
    hub.end_turn();
}

inline void world::add(const identity_key& key, bool enabled) {
    core::identity id = make_identity(key);
    id.enabled = enabled;
    kept.put_identity(id);
    kept.put_twin(core::make_twin(key, clock.now()));
}

inline void world::change_desired(const identity_key& key, std::string_view desired) {
    core::twin_change change;
    change.desired = parse_json(desired).value();
    hub.twins().patch(key, change, core::precondition::anything()).value();
}

inline std::vector<core::event> world::events(const std::string& device_id) {
    return hub.events().read(hub.events().partition_of(device_id), 0, 100);
}

// A token of the identity's own that lasts an hour from the world's start.
inline std::string token_of(const identity_key& key) {
    const timestamp expiry = manual_clock().now() + std::chrono::hours(1);
    return make_sas_token("hub.test/" + path_of(key), identity_secret, expiry).value();
}

} // namespace iothub::test
