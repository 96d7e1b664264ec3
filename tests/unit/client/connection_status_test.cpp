#include "iothub/connection_status.hpp"

#include "support/catch.hpp"

using iothub::connection_status;
using reason = iothub::connection_status_change_reason;

TEST_CASE("statuses and reasons have the .NET spelling") {
    CHECK(to_string(connection_status::disabled) == "Disabled");
    CHECK(to_string(connection_status::connected) == "Connected");
    CHECK(to_string(connection_status::disconnected_retrying) == "Disconnected_Retrying");
    CHECK(to_string(connection_status::disconnected) == "Disconnected");
    CHECK(to_string(reason::connection_ok) == "Connection_Ok");
    CHECK(to_string(reason::client_close) == "Client_Close");
    CHECK(to_string(reason::communication_error) == "Communication_Error");
    CHECK(to_string(reason::no_network) == "No_Network");
    CHECK(to_string(reason::bad_credential) == "Bad_Credential");
    CHECK(to_string(reason::device_disabled) == "Device_Disabled");
    CHECK(to_string(reason::expired_sas_token) == "Expired_SAS_Token");
    CHECK(to_string(reason::retry_expired) == "Retry_Expired");
}
