#pragma once
// What the clients throw: one base class with everything the hub told, and one class for each kind,
// so that `catch (const iothub::device_already_exists&)` reads as in the .NET SDK.

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace iothub {

enum class hub_error_kind {
    argument_invalid,      // HTTP 400, or something wrong with what the caller passed
    unauthorized,          // HTTP 401, MQTT CONNACK 4 and 5
    quota_exceeded,        // HTTP 403, or more operations waiting than the client keeps
    not_found,             // HTTP 404 that is neither of the next two
    device_not_found,      // no such device
    module_not_found,      // no such module
    conflict,              // HTTP 409 that is neither of the next two, or not in the present state
    device_already_exists, // creating a device that is there
    module_already_exists, // creating a module that is there
    precondition_failed,   // HTTP 412: the ETag is no longer the current one
    too_large,             // HTTP 413, or a message above 256 KiB
    throttled,             // HTTP 429
    server_error,          // HTTP 5xx
    time_out,              // no answer within the operation time-out
    network,               // no connection, or it was lost; TLS refused the peer
    client_closed,         // the client was closed
    protocol,              // an answer that is not the protocol's, or a refusal of no other kind
};

// "device_already_exists", for logs.
std::string_view to_string(hub_error_kind kind);

struct hub_error_details {
    hub_error_kind kind = hub_error_kind::protocol;
    std::string message{};       // one line for a person; holds no key and no token
    int code = 0;                // the hub's six-digit number, such as 409001; 0 where it told
                                 // neither the number nor a name with one
    std::string symbolic_code{}; // "DeviceAlreadyExists"; empty where it told none
    int http_status = 0;         // 0 where no HTTP or twin answer arrived
    std::string tracking_id{};   // for a support case; empty where it told none
};

class hub_error : public std::runtime_error {
public:
    explicit hub_error(hub_error_details details);

    hub_error_kind kind() const noexcept { return details_->kind; }
    int code() const noexcept { return details_->code; }
    const std::string& symbolic_code() const noexcept { return details_->symbolic_code; }
    int http_status() const noexcept { return details_->http_status; }
    const std::string& tracking_id() const noexcept { return details_->tracking_id; }

    // Whether the same call may succeed later without any change.
    bool is_transient() const noexcept;

private:
    std::shared_ptr<const hub_error_details> details_;
};

template <hub_error_kind Kind>
class hub_error_of final : public hub_error {
public:
    using hub_error::hub_error;
};

// Their own namespace, transparent to its users.
inline namespace exceptions {

using argument_invalid = hub_error_of<hub_error_kind::argument_invalid>;
using unauthorized = hub_error_of<hub_error_kind::unauthorized>;
using quota_exceeded = hub_error_of<hub_error_kind::quota_exceeded>;
using not_found = hub_error_of<hub_error_kind::not_found>;
using device_not_found = hub_error_of<hub_error_kind::device_not_found>;
using module_not_found = hub_error_of<hub_error_kind::module_not_found>;
using conflict = hub_error_of<hub_error_kind::conflict>;
using device_already_exists = hub_error_of<hub_error_kind::device_already_exists>;
using module_already_exists = hub_error_of<hub_error_kind::module_already_exists>;
using precondition_failed = hub_error_of<hub_error_kind::precondition_failed>;
using too_large = hub_error_of<hub_error_kind::too_large>;
using throttled = hub_error_of<hub_error_kind::throttled>;
using server_error = hub_error_of<hub_error_kind::server_error>;
using time_out = hub_error_of<hub_error_kind::time_out>;
using network_error = hub_error_of<hub_error_kind::network>;
using client_closed = hub_error_of<hub_error_kind::client_closed>;
using protocol_error = hub_error_of<hub_error_kind::protocol>;

} // namespace exceptions

} // namespace iothub
