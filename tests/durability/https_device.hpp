#pragma once
// A device that takes its cloud-to-device messages over HTTPS (device protocol §3): the client
// library has no such device, so this is made of its parts.

#include <cstdint>
#include <optional>
#include <string>

#include "client/src/registry/http_exchange.hpp"
#include "durability/hub_access.hpp"

namespace iothub::durability {

struct locked_message {
    std::string lock;
    std::string message_id;
    std::int64_t sequence_number = 0;
    std::int64_t delivery_count = 0;
};

// Every call throws network_error where the hub is gone, and std::runtime_error where it refuses.
class https_device {
public:
    https_device(const hub_access& hub, std::string device_id);

    const std::string& id() const { return id_; }
    std::optional<locked_message> receive(); // nothing: none waits
    void complete(const locked_message& message);
    void abandon(const locked_message& message);

private:
    client::http_response ask(const std::string& method, const std::string& rest);
    void settle(const std::string& method, const std::string& rest);

    std::string id_;
    std::string token_;
    client::http_exchange exchange_;
};

} // namespace iothub::durability
