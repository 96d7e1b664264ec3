#pragma once
// The identity registry, the twins and the direct methods of an IoT hub, over HTTPS: the
// RegistryManager of the .NET service SDK, and the method calls of its ServiceClient.
//
// Every call may come from any thread; calls at the same time have a connection each, which is kept
// for later ones. Each ends within registry_options::operation_timeout with its answer or throws a
// hub_error. A request that only reads is repeated once when a kept connection turns out to be
// closed; one that writes is repeated only when the connection was closed before anything was
// written, so that nothing is done twice behind the caller's back: its network_error then means
// "perhaps done".

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "iothub/hub_error.hpp"
#include "iothub/identities.hpp"
#include "iothub/json_fwd.hpp"
#include "iothub/method.hpp"
#include "iothub/twin.hpp"

namespace iothub {

namespace client {
class registry_connection;
}

struct registry_options {
    // Authorities to trust besides the system's store, as in client_options.
    std::string ca_file;
    std::string ca_pem;

    // Nothing: the port in HostName ("host:8443"), else 443.
    std::optional<std::uint16_t> port;

    std::chrono::milliseconds operation_timeout{60'000};
    std::chrono::seconds sas_token_lifetime{3600};
};

// The condition that is always met: change whatever is there.
inline constexpr std::string_view any_etag = "*";

class registry_client {
public:
    // `HostName=h;SharedAccessKeyName=registryReadWrite;SharedAccessKey=…`; twins need the policy
    // `service` or `iothubowner`. Connects to nothing yet. argument_invalid where it names no
    // policy and key, or a file of the options cannot be read.
    static registry_client create_from_connection_string(std::string_view text,
                                                         const registry_options& options = {});

    registry_client(registry_client&&) noexcept;
    registry_client& operator=(registry_client&&) noexcept;
    ~registry_client();

    // Returns the device with the keys that the hub generated. device_already_exists.
    device_identity add_device(const device_identity& device);
    device_identity get_device(std::string_view device_id); // device_not_found

    // Replaces the whole identity: what is empty is cleared, and without keys the hub makes new
    // ones. On the condition that the hub's etag is still `device.etag`; where that is empty, or
    // with `any_etag` in it, without condition. precondition_failed, device_not_found.
    device_identity update_device(const device_identity& device);

    // Removes its modules and twins too. device_not_found, precondition_failed.
    void remove_device(std::string_view device_id, std::string_view etag = any_etag);

    std::vector<device_identity> list_devices(int max = 1000); // the hub gives 1000 at most

    module_identity add_module(const module_identity& identity); // module_already_exists
    module_identity get_module(std::string_view device_id, std::string_view module_id);
    module_identity update_module(const module_identity& identity); // as update_device
    void remove_module(std::string_view device_id, std::string_view module_id,
                       std::string_view etag = any_etag);
    std::vector<module_identity> list_modules(std::string_view device_id);

    twin get_twin(std::string_view device_id);
    twin get_module_twin(std::string_view device_id, std::string_view module_id);

    // Merges `{"tags":{…},"properties":{"desired":{…}}}` into the twin, null removing a member, and
    // returns the twin as it is then. precondition_failed where `etag` is not the current one.
    twin update_twin(std::string_view device_id, const json& patch,
                     std::string_view etag = any_etag);
    twin update_module_twin(std::string_view device_id, std::string_view module_id,
                            const json& patch, std::string_view etag = any_etag);

    // Calls a direct method and returns what its handler answered, whatever the status. Ends within
    // `timeouts` and the operation time-out together. The errors besides the registry's have these
    // codes: 404103 not_found, the device is not connected or takes no methods; 404104 not_found,
    // it disconnected before it answered; 504101 server_error, it did not answer in time.
    method_response invoke_method(std::string_view device_id, std::string_view name,
                                  const json& payload, const method_timeouts& timeouts = {});
    method_response invoke_module_method(std::string_view device_id, std::string_view module_id,
                                         std::string_view name, const json& payload,
                                         const method_timeouts& timeouts = {});

private:
    explicit registry_client(std::unique_ptr<client::registry_connection> connection);

    std::unique_ptr<client::registry_connection> connection_;
};

} // namespace iothub
