#pragma once
// One device's connection to IoT Hub, as Microsoft.Azure.Devices.Client's DeviceClient.
// The calls of hub_client, and messages from the cloud.

#include <string_view>

#include "iothub/client_options.hpp"
#include "iothub/hub_client.hpp"

namespace iothub {

class device_client : public hub_client {
public:
    // `HostName=h;DeviceId=d;SharedAccessKey=…`; also with
    // SharedAccessSignature (a ready token), x509=true (see client_options), SharedAccessKeyName (a
    // policy that may connect devices) and GatewayHostName (where to connect instead of HostName).
    // Connects to nothing yet. argument_invalid where the text does not name a device and no
    // module, has no credential, or a file of the options cannot be read.
    static device_client create_from_connection_string(std::string_view text,
                                                       const client_options& options = {});

    // Has the handler get the device's cloud-to-device messages, and returns when they are
    // subscribed to; after a reconnect they are again. A message is acknowledged, which completes
    // it for the hub, as it arrives and not after the handler: MQTT has no word for rejecting or
    // abandoning, and the underlying library none for waiting. Up to 50 that come before there is a
    // handler wait for it. An empty function takes the handler away.
    void on_message(message_handler handler);
    std::future<void> on_message_async(message_handler handler);

private:
    using hub_client::hub_client;
};

} // namespace iothub
