#pragma once
// An AMQP connection to a hub that has proved who it is of. Used by service_connection and
// event_source.

#include <optional>

#include "client/src/amqp/amqp_connection.hpp"
#include "client/src/amqp/amqp_requests.hpp"
#include "client/src/security/tls_context.hpp"
#include "client/src/session/endpoint.hpp"

namespace iothub::client {

// How and as whom to connect.
struct amqp_access {
    endpoint server;
    bool tls = true;
    trust trusted;
    policy_signer signer;
};

class authorized_connection {
public:
    using deadline = amqp_connection::deadline;

    // Connects and proves. As amqp_connection's; argument_invalid for what tls_context throws it.
    authorized_connection(const amqp_access& access, deadline until);

    amqp_connection& connection() { return connection_; }
    const amqp_connection& connection() const { return connection_; }
    amqp_requests& requests() { return requests_; }

    // When the proof is to be renewed: half way to its end.
    deadline renewal() const { return renewal_; }
    void renew(const policy_signer& signer, deadline until);

private:
    std::optional<tls_context> tls_;
    amqp_connection connection_;
    amqp_requests requests_;
    deadline renewal_;
};

} // namespace iothub::client
