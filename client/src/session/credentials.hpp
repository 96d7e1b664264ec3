#pragma once
// Who a device or module client is and how it says so in the MQTT CONNECT packet (device protocol
// §1.2, §1.5): client id, user name, and the SAS token that is its password.

#include <chrono>
#include <optional>
#include <string>

#include "client/src/session/endpoint.hpp"
#include "common/connection_string.hpp"
#include "common/identity_key.hpp"
#include "common/timestamp.hpp"
#include "iothub/client_options.hpp"

namespace iothub::client {

struct password {
    std::string text;                // empty: none is sent, the client certificate authenticates
    std::optional<timestamp> expiry; // nothing where there is no token
};

class credentials {
public:
    // Throws argument_invalid where the connection string names no device, or has neither a key,
    // nor a token, nor X.509 with a certificate in the options.
    credentials(connection_string parsed, const client_options& options);

    identity_key identity() const { return {parsed_.device_id, parsed_.module_id}; }
    const endpoint& server() const { return server_; }
    std::string client_id() const { return identity().text(); }
    const std::string& user_name() const { return user_name_; }

    // Whether a fresh token can be made when one comes to its end.
    bool renewable() const { return !parsed_.shared_access_key.empty(); }

    password issue(timestamp now) const;

    // How long after its making a token is to be replaced.
    std::chrono::seconds renew_after() const;

private:
    connection_string parsed_;
    endpoint server_;
    std::string user_name_;
    std::chrono::seconds token_lifetime_;
    int renewal_percent_;
    std::optional<timestamp> fixed_expiry_; // of a ready token
};

} // namespace iothub::client
