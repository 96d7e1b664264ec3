// Programs that connect with the copied string: each reads it from the environment, so that no key
// stands in a source file.

const variable = (id) =>
    id.moduleId ? 'IOTHUB_MODULE_CONNECTION_STRING' : 'IOTHUB_DEVICE_CONNECTION_STRING';

export const languages = ['Node', 'Python', 'Java', 'C#', 'C', 'C++'];

// {setUp, program} for an identity; setUp says how to trust the hub's CA.
export function snippetOf(language, id) {
    const name = variable(id);
    const kind = id.moduleId ? 'Module' : 'Device';
    return {
        'Node': () => ({
            setUp: 'npm install azure-iot-device azure-iot-device-mqtt\nexport NODE_EXTRA_CA_CERTS=ca.pem',
            program: `const { ${id.moduleId ? 'ModuleClient' : 'Client'}, Message } = require('azure-iot-device');
const { Mqtt } = require('azure-iot-device-mqtt');

const client = ${id.moduleId ? 'ModuleClient' : 'Client'}.fromConnectionString(
    process.env.${name}, Mqtt);

async function main() {
    await client.open();
    const twin = await client.getTwin();
    twin.on('properties.desired', (change) => console.log(change));
    await client.sendEvent(new Message(JSON.stringify({ temperature: 21 })));
}

main();`,
        }),
        'Python': () => ({
            setUp: 'pip install azure-iot-device\nexport SSL_CERT_FILE=ca.pem',
            program: `import os
from azure.iot.device import IoTHub${kind}Client

client = IoTHub${kind}Client.create_from_connection_string(os.environ["${name}"])
client.on_twin_desired_properties_patch_received = print
client.connect()
client.send_message('{"temperature": 21}')`,
        }),
        'Java': () => ({
            setUp: 'keytool -importcert -noprompt -alias iothub -file ca.pem -keystore trust.jks -storepass changeit\n' +
                'java -Djavax.net.ssl.trustStore=trust.jks …   # com.microsoft.azure.sdk.iot:iot-device-client',
            program: `import com.microsoft.azure.sdk.iot.device.*;

var client = new ${kind}Client(System.getenv("${name}"), IotHubClientProtocol.MQTT);
client.open(true);
client.sendEvent(new Message("{\\"temperature\\": 21}"));`,
        }),
        'C#': () => ({
            setUp: 'dotnet add package Microsoft.Azure.Devices.Client\nexport SSL_CERT_FILE=ca.pem',
            program: `using System.Text;
using Microsoft.Azure.Devices.Client;

await using var client = ${kind}Client.CreateFromConnectionString(
    Environment.GetEnvironmentVariable("${name}"), TransportType.Mqtt_Tcp_Only);
await client.OpenAsync();
await client.SendEventAsync(new Message(Encoding.UTF8.GetBytes("{\\"temperature\\": 21}")));`,
        }),
        'C': () => ({
            setUp: '# azure-iot-sdk-c; the program reads ca.pem and sets it as OPTION_TRUSTED_CERT',
            program: `IOTHUB_${kind.toUpperCase()}_CLIENT_LL_HANDLE client =
    IoTHub${kind}Client_LL_CreateFromConnectionString(getenv("${name}"), MQTT_Protocol);
IoTHub${kind}Client_LL_SetOption(client, OPTION_TRUSTED_CERT, ca_pem);
IOTHUB_MESSAGE_HANDLE message = IoTHubMessage_CreateFromString("{\\"temperature\\": 21}");
IoTHub${kind}Client_LL_SendEventAsync(client, message, NULL, NULL);`,
        }),
        'C++': () => ({
            setUp: 'export SSL_CERT_FILE=ca.pem   # find_package(iothub_emulator)',
            program: `#include <cstdlib>
#include <iothub/${kind.toLowerCase()}_client.hpp>

int main() {
    auto client = iothub::${kind.toLowerCase()}_client::create_from_connection_string(
        std::getenv("${name}"));
    iothub::message event;
    event.body = {'2', '1'};
    client.send_event(event);
}`,
        }),
    }[language]();
}
