#pragma once
// The documents of the identity registry: devices, modules and how they authenticate. They are
// Device and Module of the .NET SDK (`module` alone is a keyword of C++20 at the start of a line).

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "iothub/json_value.hpp"

namespace iothub {

enum class authentication_type { sas, self_signed, certificate_authority, none };

// Base64; on creation the hub generates both where both are empty. Both or neither.
struct symmetric_key_pair {
    std::string primary_key{};
    std::string secondary_key{};
};

// SHA-1 or SHA-256 of the certificate: 40 or 64 hexadecimal digits.
struct thumbprint_pair {
    std::string primary_thumbprint{};
    std::string secondary_thumbprint{};
};

// `symmetric_key` counts for sas only, `x509_thumbprint` for self_signed only.
struct authentication_mechanism {
    authentication_type type = authentication_type::sas;
    symmetric_key_pair symmetric_key{};
    thumbprint_pair x509_thumbprint{};
};

using hub_time = std::chrono::sys_time<std::chrono::microseconds>;

// A member marked "read" comes from the hub; the hub ignores it in what it is sent.
struct device_identity {
    std::string device_id{};     // 1 to 128 of A-Z a-z 0-9 - : . + % _ # * ? ! ( ) , = @ ; $ '
    std::string generation_id{}; // read
    std::string etag{};          // read; update_device sends it as the condition
    bool enabled = true;
    std::string status_reason{};                             // at most 128 characters
    bool connected = false;                                  // read
    std::optional<hub_time> status_updated_time{};           // read; nothing: never
    std::optional<hub_time> connection_state_updated_time{}; // read
    std::optional<hub_time> last_activity_time{};            // read
    std::int64_t cloud_to_device_message_count = 0;          // read
    authentication_mechanism authentication{};
    bool iot_edge = false;
    std::string device_scope{};
    std::vector<std::string> parent_scopes{};
    json_value attributes{}; // an object of the application's own; null: none
};

struct module_identity {
    std::string device_id{};
    std::string module_id{}; // as device_id, but not beginning with $
    std::string managed_by{};
    std::string generation_id{}; // read
    std::string etag{};          // read; update_module sends it as the condition
    bool connected = false;      // read
    std::optional<hub_time> connection_state_updated_time{}; // read; nothing: never
    std::optional<hub_time> last_activity_time{};            // read
    std::int64_t cloud_to_device_message_count = 0;          // read
    authentication_mechanism authentication{};
};

} // namespace iothub
