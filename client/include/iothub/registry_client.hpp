#pragma once
// The identity registry, the twins, the queries and the direct methods of an IoT hub, over HTTPS:
// the RegistryManager of the .NET service SDK, and the method calls of its ServiceClient. Its other
// clients for jobs, configurations and so on come from here too.
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

#include "iothub/bulk.hpp"
#include "iothub/configuration_client.hpp"
#include "iothub/digital_twin_client.hpp"
#include "iothub/etag.hpp"
#include "iothub/feedback_receiver.hpp"
#include "iothub/hub_error.hpp"
#include "iothub/identities.hpp"
#include "iothub/job_client.hpp"
#include "iothub/json_fwd.hpp"
#include "iothub/method.hpp"
#include "iothub/paged.hpp"
#include "iothub/statistics.hpp"
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

// A copy shares the connections.
class registry_client {
public:
    // `HostName=h;SharedAccessKeyName=registryReadWrite;SharedAccessKey=…`; twins and whatever else
    // is not an identity need the policy `service` or `iothubowner`. Connects to nothing yet.
    // argument_invalid where it names no policy and key, or a file of the options cannot be read.
    static registry_client create_from_connection_string(std::string_view text,
                                                         const registry_options& options = {});

    // Returns the device with the keys that the hub generated. device_already_exists.
    device_identity add_device(const device_identity& device);
    device_identity get_device(std::string_view device_id); // device_not_found

    // Replaces the whole identity: what is empty is cleared, and without keys the hub makes new
    // ones. On the condition that the hub's etag is still `device.etag`; where that is empty, or
    // with `any_etag` in it, without condition. precondition_failed, device_not_found.
    device_identity update_device(const device_identity& device);

    // Removes its modules and twins too. device_not_found, precondition_failed.
    void remove_device(std::string_view device_id, std::string_view etag = any_etag);

    // Up to `max`, of which the hub gives 1000 at most; query() finds all.
    std::vector<device_identity> list_devices(int max = 1000);

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

    // Puts `{"tags":{…},"properties":{"desired":{…}}}` in the place of tags and desired properties;
    // the one of them that it lacks is then empty. Otherwise as update_twin.
    twin replace_twin(std::string_view device_id, const json& replacement,
                      std::string_view etag = any_etag);
    twin replace_module_twin(std::string_view device_id, std::string_view module_id,
                             const json& replacement, std::string_view etag = any_etag);

    // The rows of a query in the hub's language, "SELECT deviceId, tags.floor FROM devices WHERE
    // …", from devices, devices.modules or devices.jobs; asked for page by page as they are gone
    // through. It sends nothing before begin(), which throws argument_invalid for a query that is
    // wrong.
    paged<json> query(std::string_view text, const paging_options& options = {});

    // Of a query that begins with "SELECT * FROM devices" or "SELECT * FROM devices.modules";
    // argument_invalid for another.
    paged<twin> query_twins(std::string_view text, const paging_options& options = {});

    // Adds, changes or removes up to 100 identities at once, each of them or not: the result tells
    // which not. Throws only where nothing was done, among others argument_invalid (none, or one
    // named twice) and too_large (more). The etags that update and remove are given are conditions
    // as in update_device.
    bulk_result add_devices(const std::vector<device_identity>& devices);
    bulk_result update_devices(const std::vector<device_identity>& devices);
    bulk_result remove_devices(const std::vector<device_identity>& devices);
    bulk_result add_modules(const std::vector<module_identity>& modules);
    bulk_result update_modules(const std::vector<module_identity>& modules);
    bulk_result remove_modules(const std::vector<module_identity>& modules);

    // As update_twin, of up to 100 devices or modules at once.
    bulk_result update_twins(const std::vector<twin_update>& updates);

    // Adds a device whose twin begins as `{"tags":{…},"properties":{"desired":{…}}}`.
    bulk_result add_device_with_twin(const device_identity& device, const json& beginning);

    // Makes new keys for up to 100 devices and modules.
    key_regeneration_result regenerate_keys(const std::vector<identity_name>& identities,
                                            key_choice choice);

    registry_statistics get_registry_statistics();
    service_statistics get_service_statistics(); // needs ServiceConnect

    // Drops the cloud-to-device messages that wait for a device; how many. device_not_found.
    std::int64_t purge_message_queue(std::string_view device_id);

    // Calls a direct method and returns what its handler answered, whatever the status. Ends within
    // `timeouts` and the operation time-out together. The errors besides the registry's have these
    // codes: 404103 not_found, the device is not connected or takes no methods; 404104 not_found,
    // it disconnected before it answered; 504101 server_error, it did not answer in time.
    method_response invoke_method(std::string_view device_id, std::string_view name,
                                  const json& payload, const method_timeouts& timeouts = {});
    method_response invoke_module_method(std::string_view device_id, std::string_view module_id,
                                         std::string_view name, const json& payload,
                                         const method_timeouts& timeouts = {});

    // The other clients of this hub, over the same connections.
    job_client jobs() const;
    configuration_client configurations() const;
    digital_twin_client digital_twins() const;
    feedback_receiver feedback() const;

private:
    explicit registry_client(std::shared_ptr<client::registry_connection> connection);

    std::shared_ptr<client::registry_connection> connection_;
};

} // namespace iothub
