#pragma once
// Requests with an answer over AMQP (claims-based security, and the management of Event Hubs;
// service API §7.1, §7.5), and the proof of who asks. Used by service_client and event_consumer.

#include <chrono>
#include <map>
#include <string>

#include "client/src/amqp/amqp_connection.hpp"
#include "client/src/amqp/amqp_message.hpp"
#include "common/timestamp.hpp"

namespace iothub::client {

// What makes tokens.
struct policy_signer {
    std::string resource; // "h" or "sb://h/entity"
    std::string policy_name;
    std::string base64_key; // of the key's bytes
    std::chrono::seconds lifetime{3600};

    std::string token(timestamp now) const;
};

class amqp_requests {
public:
    using deadline = amqp_connection::deadline;

    explicit amqp_requests(amqp_connection& over)
        : connection_(over) {}

    // The answer to a request at an address such as "$management". Throws what it was refused with.
    amqp_message ask(const std::string& address, amqp_message request, deadline until);

    // Proves who asks. unauthorized.
    void put_token(const policy_signer& signer, deadline until);

private:
    struct channel {
        amqp_link* sender = nullptr;
        amqp_link* receiver = nullptr;
    };

    channel& channel_at(const std::string& address, deadline until);

    amqp_connection& connection_;
    std::map<std::string, channel> channels_; // by address
    unsigned last_id_ = 0;
};

} // namespace iothub::client
