#pragma once
// What a device or module client says of its connection, in the words of the .NET SDK's
// ConnectionStatus and ConnectionStatusChangeReason.

#include <functional>
#include <string_view>

namespace iothub {

enum class connection_status {
    disabled,              // not opened yet
    connected,             // operations go through
    disconnected_retrying, // the client is reconnecting by itself; operations wait
    disconnected,          // the client has given up or was closed; open() starts anew
};

enum class connection_status_change_reason {
    connection_ok,       // connected
    client_close,        // close() was called
    communication_error, // the connection was lost, refused or could not be made
    no_network,          // the host name did not resolve, or no route leads to it
    bad_credential,      // the hub refused the identity: unknown, disabled, wrong key, certificate
    device_disabled,     // refused after the same credential had been accepted before: the identity
                         // was disabled or deleted, or its key changed, since
    expired_sas_token,   // the connection string held a ready token, and its time is over
    retry_expired,       // retry_policy::max_duration went by without a connection
};

// The .NET spelling: "Connected", "Disconnected_Retrying" …
std::string_view to_string(connection_status status);

// "Connection_Ok", "Client_Close", "Communication_Error" …
std::string_view to_string(connection_status_change_reason reason);

using connection_status_handler =
    std::function<void(connection_status, connection_status_change_reason)>;

} // namespace iothub
