#pragma once
// Device and module identities (service API §2): what the registry keeps of each.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/identity_key.hpp"
#include "common/timestamp.hpp"

namespace iothub::core {

enum class authentication_type { sas, self_signed, certificate_authority, none };

struct authentication {
    authentication_type type = authentication_type::sas;
    std::string primary_key; // base64; both keys or neither
    std::string secondary_key;
    std::optional<std::string> primary_thumbprint; // 40 or 64 hexadecimal digits
    std::optional<std::string> secondary_thumbprint;

    bool operator==(const authentication&) const = default;
};

// When the connection state last changed, and when the identity last connected, sent or received.
struct activity {
    timestamp connection_state_updated = never;
    timestamp last_activity = never;

    bool operator==(const activity&) const = default;
};

struct identity {
    identity_key key;
    std::string generation_id; // ticks of creation, in decimal
    std::uint64_t etag = 0;    // a counter; the wire shows it in base64 (§1.2)
    bool enabled = true;       // devices only; a disabled device disables its modules
    std::optional<std::string> status_reason;
    timestamp status_updated = never;
    core::activity activity;
    core::authentication authentication;
    bool iot_edge = false;
    std::optional<std::string> device_scope;
    std::vector<std::string> parent_scopes;
    std::optional<std::string> managed_by; // modules only
    std::string attributes;                // devices only: text of a JSON object, or empty

    // Not stored, but filled in by the registry when it shows the identity.
    bool connected = false;           // a session is open
    std::size_t waiting_messages = 0; // in its queue of cloud-to-device messages

    bool operator==(const identity&) const = default;
};

// "MjQxNzkxMTk4": base64 of the counter in decimal.
std::string etag_text(const identity& id);

} // namespace iothub::core
