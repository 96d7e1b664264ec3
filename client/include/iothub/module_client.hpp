#pragma once
// One module's connection to IoT Hub, as Microsoft.Azure.Devices.Client's ModuleClient.
// The calls are those of hub_client.

#include <string_view>

#include "iothub/client_options.hpp"
#include "iothub/hub_client.hpp"

namespace iothub {

class module_client : public hub_client {
public:
    // `HostName=h;DeviceId=d;ModuleId=m;SharedAccessKey=…`; also with
    // SharedAccessSignature (a ready token), x509=true (see client_options), SharedAccessKeyName (a
    // policy that may connect devices) and GatewayHostName (where to connect instead of HostName).
    // Connects to nothing yet. argument_invalid where the text does not name a device and a module,
    // has no credential, or a file of the options cannot be read.
    static module_client create_from_connection_string(std::string_view text,
                                                       const client_options& options = {});

private:
    using hub_client::hub_client;
};

} // namespace iothub
