#pragma once
// One module's connection to IoT Hub, as Microsoft.Azure.Devices.Client's ModuleClient.
// The calls of hub_client, and messages on inputs and outputs.

#include <string>
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

    // From the connection string in the variable EdgeHubConnectionString, or else
    // IotHubConnectionString; with the first, EdgeModuleCACertificateFile commonly names what to
    // trust (see client_options). argument_invalid where neither is set: the workload API of IoT
    // Edge, IOTEDGE_WORKLOADURI, is not supported.
    static module_client create_from_environment(const client_options& options = {});

    using hub_client::send_event;
    using hub_client::send_event_async;

    // As send_event, to the output of that name. argument_invalid for an empty name.
    void send_event(const std::string& output_name, const message& event);
    std::future<void> send_event_async(const std::string& output_name, const message& event);

    // Has the handler get the messages that arrive on that input, or all those that no input's
    // handler gets, and returns when they are subscribed to. The rest is as in
    // device_client::on_message.
    void on_input(const std::string& input_name, message_handler handler);
    std::future<void> on_input_async(const std::string& input_name, message_handler handler);
    void on_message(message_handler handler);
    std::future<void> on_message_async(message_handler handler);

private:
    using hub_client::hub_client;
};

} // namespace iothub
