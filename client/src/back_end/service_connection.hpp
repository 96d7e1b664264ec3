#pragma once
// What stands behind a service_client: the AMQP connection that its messages leave by, kept from
// one to the next, and a registry_client for whatever goes over HTTPS.

#include <chrono>
#include <memory>
#include <mutex>

#include "client/src/amqp/authorized_connection.hpp"
#include "common/connection_string.hpp"
#include "common/identity_key.hpp"
#include "iothub/registry_client.hpp"
#include "iothub/service_client.hpp"

namespace iothub::client {

class service_connection {
public:
    service_connection(std::string_view text, const service_options& options);

    void send(const identity_key& target, const cloud_to_device_message& message);

    registry_client& registry() { return registry_; }

private:
    using clock = std::chrono::steady_clock;

    // A connection and the link to send on.
    struct sending {
        sending(const amqp_access& access, authorized_connection::deadline until);

        authorized_connection over;
        amqp_link& link;
        clock::time_point used;
    };

    bool is_good(const sending& kept) const;

    registry_client registry_;
    amqp_access access_;
    std::chrono::milliseconds time_out_;
    std::mutex mutex_;
    std::unique_ptr<sending> kept_; // nothing before the first message, and after a failure
};

} // namespace iothub::client
