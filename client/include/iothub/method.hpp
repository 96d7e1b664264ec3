#pragma once
// Direct methods, both ends: what a back end calls on a device or module (registry_client), and
// what the handler there gets and answers (hub_client::on_method).

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "iothub/json_fwd.hpp"

namespace iothub {

// A cheap, immutable copy.
class method_request {
public:
    method_request(std::string name, const json& payload);

    const std::string& name() const noexcept { return name_; }
    const json& payload() const noexcept { return *payload_; } // null where the caller sent none

private:
    std::string name_;
    std::shared_ptr<const json> payload_;
};

// What a handler answers: `return {200, {{"rebooted", true}}};`. A cheap, immutable copy.
class method_response {
public:
    explicit method_response(int status); // with null for a payload
    method_response(int status, const json& payload);

    int status() const noexcept { return status_; } // the handler's own; 200 by custom for success
    const json& payload() const noexcept { return *payload_; }

private:
    int status_;
    std::shared_ptr<const json> payload_;
};

using method_handler = std::function<method_response(const method_request&)>;

// How long the hub waits on behalf of a caller.
struct method_timeouts {
    // From the call to the answer: 5 s to 300 s.
    std::chrono::seconds response{30};

    // For a device that is not connected, or takes no methods yet, to do so: 0 s to `response`.
    std::chrono::seconds connect{0};
};

} // namespace iothub
