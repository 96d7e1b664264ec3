#pragma once
// The connection strings a hub hands out: to the ready file, the management API, the command line
// and to tests. A port that is not the protocol's own is written behind the host name; of the SDKs
// only Node's MQTT and AMQP and our own clients can use one.

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "common/json_fwd.hpp"
#include "emulator/core/registry/identity.hpp"
#include "emulator/core/security/access_policy.hpp"

namespace iothub::app {

struct bound_ports {
    std::uint16_t https = 0;
    std::uint16_t mqtts = 0;
    std::uint16_t amqps = 0;
    std::uint16_t amqp = 0;
    std::uint16_t management = 0;
};

// {"https":443,"mqtts":8883,"amqps":5671,"amqp":5672,"management":5380}
json ports_document(const bound_ports& ports);

class connection_strings {
public:
    connection_strings(std::string hostname, bound_ports ports)
        : hostname_(std::move(hostname))
        , ports_(ports) {}

    std::string of_policy(const core::access_policy& policy) const;

    // For a device or module, over MQTT; `x509=true` in place of a key where it has none.
    std::string of_identity(const core::identity& id) const;

    // For Event Hubs SDKs, over plain AMQP.
    std::string of_event_hubs(const core::access_policy& policy) const;

private:
    std::string hostname_;
    bound_ports ports_;
};

} // namespace iothub::app
