#pragma once
// A back end that talks to devices: messages to them over AMQP, with their feedback, and direct
// methods. The ServiceClient of the .NET service SDK; what concerns identities, twins, queries and
// jobs is registry_client's.
//
// Every call may come from any thread; sends go one after another over a connection that is kept,
// the others as those of registry_client. Each ends within service_options::operation_timeout with
// its answer or throws a hub_error. A send that ends with network_error or time_out has "perhaps"
// been done.

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "iothub/cloud_to_device_message.hpp"
#include "iothub/feedback_receiver.hpp"
#include "iothub/hub_error.hpp"
#include "iothub/json_fwd.hpp"
#include "iothub/method.hpp"

namespace iothub {

namespace client {
class service_connection;
}

struct service_options {
    // Authorities to trust besides the system's store, as in client_options.
    std::string ca_file{};
    std::string ca_pem{};

    // HTTPS. Nothing: the port in HostName ("host:8443"), else 443.
    std::optional<std::uint16_t> port{};

    std::uint16_t amqps_port = 5671;

    std::chrono::milliseconds operation_timeout{60'000};
    std::chrono::seconds sas_token_lifetime{3600};
};

// A copy shares the connections.
class service_client {
public:
    // `HostName=h;SharedAccessKeyName=service;SharedAccessKey=…`; the policy needs ServiceConnect.
    // Connects to nothing yet. argument_invalid where it names no policy and key, or a file of the
    // options cannot be read.
    static service_client create_from_connection_string(std::string_view text,
                                                        const service_options& options = {});

    // Returns when the hub keeps the message. device_not_found, module_not_found; quota_exceeded
    // (403004) where 50 messages wait already; too_large.
    void send(std::string_view device_id, const cloud_to_device_message& message) const;
    void send(std::string_view device_id, std::string_view module_id,
              const cloud_to_device_message& message) const;

    // As those of registry_client.
    method_response invoke_method(std::string_view device_id, std::string_view name,
                                  const json& payload, const method_timeouts& timeouts = {}) const;
    method_response invoke_module_method(std::string_view device_id, std::string_view module_id,
                                         std::string_view name, const json& payload,
                                         const method_timeouts& timeouts = {}) const;
    feedback_receiver feedback() const;
    std::int64_t purge_message_queue(std::string_view device_id) const;

private:
    explicit service_client(std::shared_ptr<client::service_connection> connection);

    std::shared_ptr<client::service_connection> connection_;
};

} // namespace iothub
