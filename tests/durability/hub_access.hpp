#pragma once
// A running hub as the writers reach it: clients for every port, and the management API.

#include <cstdint>
#include <string>

#include "common/json_fwd.hpp"
#include "integration/hub/hub_process.hpp"
#include "iothub/client_options.hpp"
#include "iothub/event_consumer.hpp"
#include "iothub/registry_client.hpp"
#include "iothub/service_client.hpp"

namespace iothub::durability {

class hub_access {
public:
    explicit hub_access(const test::hub_process& hub);

    registry_client registry() const;
    service_client service() const;
    event_consumer events() const;

    // For device and module clients, which do not look for long for a hub that is gone.
    client_options device_options() const;
    std::string device_string(const std::string& device_id) const;
    std::string module_string(const std::string& device_id, const std::string& module_id) const;

    // Of the management API; throws std::runtime_error where the answer is not 200.
    json get(const std::string& target) const;

    std::uint16_t https_port() const { return https_; }
    const std::string& ca_file() const { return ca_file_; }

private:
    std::string service_string_;
    std::string ca_file_;
    std::uint16_t https_;
    std::uint16_t mqtts_;
    std::uint16_t amqps_;
    std::uint16_t management_;
};

} // namespace iothub::durability
