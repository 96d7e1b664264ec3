#include "client/src/session/refusal.hpp"

#include <string>

namespace iothub::client {

using enum connection_status_change_reason;

namespace {

refusal credential_refused(int return_code, bool accepted_before) {
    return {accepted_before ? device_disabled : bad_credential,
            {.kind = hub_error_kind::unauthorized,
             .message = "The hub refused the credential: unknown or disabled identity, or wrong "
                        "key, token or certificate (CONNACK " +
                        std::to_string(return_code) + ")"}};
}

} // namespace

refusal read_refusal(int return_code, bool accepted_before) {
    switch (return_code) {
    case 1:
        return {communication_error,
                {.kind = hub_error_kind::protocol,
                 .message = "The hub does not speak MQTT 3.1.1 (CONNACK 1)"}};
    case 2:
        return {bad_credential,
                {.kind = hub_error_kind::unauthorized,
                 .message = "The hub refused the client id (CONNACK 2)"}};
    case 3:
        return {std::nullopt,
                {.kind = hub_error_kind::network, .message = "The hub is unavailable (CONNACK 3)"}};
    default:
        return credential_refused(return_code, accepted_before);
    }
}

} // namespace iothub::client
