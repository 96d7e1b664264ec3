#pragma once
// Reads the hub's error answers (service API §4.1, device protocol §1.6): envelope E1
// `{"Message":"ErrorCode:Name;text","ExceptionMessage":"Tracking ID:…"}`, E2
// `{"errorCode":409301,"message":…,"trackingId":…}`, and E3, an E2 as text inside E1's Message.
// Used for HTTP answers and for twin answers over MQTT.

#include <string_view>

#include "iothub/hub_error.hpp"

namespace iothub::client {

// Which not-found and already-exists an answer stands for. On a module's twin, which its direct
// methods are addressed by too, the hub says DeviceNotFound for a missing module as well.
enum class error_subject { device, module_identity, module_twin };

struct error_answer {
    int status = 0;                   // HTTP or twin status, 300 or above
    std::string_view symbolic_code{}; // the header `iothub-errorcode`; may be empty
    std::string_view body{};          // may be empty, or anything
    error_subject subject = error_subject::device;
};

// Always gives a message of one line.
hub_error_details read_error(const error_answer& answer);

} // namespace iothub::client
