#pragma once
// Devices seen as IoT Plug and Play components, as registry_client::digital_twins() gives them: the
// DigitalTwinClient of the .NET service SDK. A cheap handle; it shares the connections of the
// registry_client, may outlive it, and may be used from any thread.
//
// Every call throws as those of registry_client do. The policy needs ServiceConnect.

#include <memory>
#include <string>
#include <string_view>

#include "iothub/etag.hpp"
#include "iothub/json_fwd.hpp"
#include "iothub/json_value.hpp"
#include "iothub/method.hpp"

namespace iothub {

namespace client {
class registry_connection;
}

struct digital_twin {
    json_value document{}; // {"$dtId":"d","$metadata":{"$model":"dtmi:…",…},…}
    std::string etag{};    // as update takes it
};

class digital_twin_client {
public:
    digital_twin get(std::string_view device_id) const; // device_not_found

    // Changes desired properties by a JSON Patch (RFC 6902, add, replace and remove), such as
    // `[{"op":"replace","path":"/thermostat1/target","value":21}]`, and returns the etag that it
    // has then. argument_invalid for a patch that cannot be applied, precondition_failed,
    // device_not_found.
    std::string update(std::string_view device_id, const json& patch,
                       std::string_view etag = any_etag) const;

    // Calls a command, of the device itself or of a component, and returns what the device
    // answered, whatever the status. A null payload is not sent. Time and errors as
    // registry_client::invoke_method.
    method_response invoke_command(std::string_view device_id, std::string_view command,
                                   const json& payload, const method_timeouts& timeouts = {}) const;
    method_response invoke_component_command(std::string_view device_id, std::string_view component,
                                             std::string_view command, const json& payload,
                                             const method_timeouts& timeouts = {}) const;

private:
    friend class registry_client;
    explicit digital_twin_client(std::shared_ptr<client::registry_connection> connection);

    std::shared_ptr<client::registry_connection> connection_;
};

} // namespace iothub
