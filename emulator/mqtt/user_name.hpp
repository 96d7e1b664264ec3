#pragma once
// The MQTT user name of IoT Hub (device protocol §1.2): it says who connects and how, for example
// "myhub.example/device1/module1/?api-version=2021-04-12&model-id=…". Used by mqtt/admission.

#include <string>
#include <string_view>

#include "common/identity_key.hpp"
#include "common/result.hpp"

namespace iothub::mqtt {

struct user_name {
    std::string host; // not checked: it may hold a port or name a gateway
    identity_key identity;
    std::string api_version; // any text, but not empty
    std::string model_id;    // empty when the device announces none
    std::string client_type; // which SDK and platform it says it is
};

// The query begins at the last "/?"; without one, the last segment is the query if it contains
// "api-version=". unauthorized_access, with the fault as the detail, where the text is no user
// name.
result<user_name> parse_user_name(std::string_view text);

} // namespace iothub::mqtt
