#include "iothub/connection_status.hpp"

namespace iothub {

std::string_view to_string(connection_status status) {
    switch (status) {
    case connection_status::disabled:
        return "Disabled";
    case connection_status::connected:
        return "Connected";
    case connection_status::disconnected_retrying:
        return "Disconnected_Retrying";
    case connection_status::disconnected:
        return "Disconnected";
    }
    return "";
}

std::string_view to_string(connection_status_change_reason reason) {
    using enum connection_status_change_reason;
    switch (reason) {
    case connection_ok:
        return "Connection_Ok";
    case client_close:
        return "Client_Close";
    case communication_error:
        return "Communication_Error";
    case no_network:
        return "No_Network";
    case bad_credential:
        return "Bad_Credential";
    case device_disabled:
        return "Device_Disabled";
    case expired_sas_token:
        return "Expired_SAS_Token";
    case retry_expired:
        return "Retry_Expired";
    }
    return "";
}

} // namespace iothub
