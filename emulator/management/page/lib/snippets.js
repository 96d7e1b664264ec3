// Programs that connect with the copied string: each reads it from the environment, so that no key
// stands in a source file, and nothing in a connection string has to be quoted in its language.

export const variableOf = (id) =>
    id.moduleId ? 'IOTHUB_MODULE_CONNECTION_STRING' : 'IOTHUB_DEVICE_CONNECTION_STRING';

const node = (name, kind) => ({
    setUp: 'npm install azure-iot-device azure-iot-device-mqtt\nexport NODE_EXTRA_CA_CERTS=ca.pem',
    program: `const { ${kind === 'Module' ? 'ModuleClient' : 'Client'}, Message } = require('azure-iot-device');
const { Mqtt } = require('azure-iot-device-mqtt');

const client = ${kind === 'Module' ? 'ModuleClient' : 'Client'}.fromConnectionString(
    process.env.${name}, Mqtt);

async function main() {
    await client.open();
    const twin = await client.getTwin();
    twin.on('properties.desired', (change) => console.log(change));
    await client.sendEvent(new Message(JSON.stringify({ temperature: 21 })));
}

main();`,
});

const python = (name, kind) => ({
    setUp: 'pip install azure-iot-device\nexport SSL_CERT_FILE=ca.pem',
    program: `import os
from azure.iot.device import IoTHub${kind}Client

client = IoTHub${kind}Client.create_from_connection_string(os.environ["${name}"])
client.on_twin_desired_properties_patch_received = print
client.connect()
client.send_message('{"temperature": 21}')
input()  # until Enter
client.shutdown()`,
});

const java = (name, kind) => ({
    setUp: '# com.microsoft.azure.sdk.iot:iot-device-client\n' +
        'keytool -importcert -noprompt -alias iothub -file ca.pem -keystore trust.jks -storepass changeit\n' +
        "export JAVA_TOOL_OPTIONS='-Djavax.net.ssl.trustStore=trust.jks -Djavax.net.ssl.trustStorePassword=changeit'",
    program: `import com.microsoft.azure.sdk.iot.device.*;

public class Program {
    public static void main(String[] arguments) throws Exception {
        ${kind}Client client = new ${kind}Client(
            System.getenv("${name}"), IotHubClientProtocol.MQTT);
        client.open(true);
        client.sendEvent(new Message("{\\"temperature\\": 21}"));
        System.in.read(); // until Enter
        client.close();
    }
}`,
});

const cSharp = (name, kind) => ({
    setUp: 'dotnet add package Microsoft.Azure.Devices.Client\nexport SSL_CERT_FILE=ca.pem',
    program: `using System.Text;
using Microsoft.Azure.Devices.Client;

using var client = ${kind}Client.CreateFromConnectionString(
    Environment.GetEnvironmentVariable("${name}"), TransportType.Mqtt_Tcp_Only);
await client.OpenAsync();
await client.SendEventAsync(new Message(Encoding.UTF8.GetBytes("{\\"temperature\\": 21}")));`,
});

const c = (name, kind) => ({
    setUp: '# azure-iot-sdk-c',
    program: `#include <stdio.h>
#include <stdlib.h>
#include "iothub.h"
#include "iothub_${kind.toLowerCase()}_client_ll.h"
#include "iothubtransportmqtt.h"
#include "azure_c_shared_utility/shared_util_options.h"

static int sent = 0;

static void confirmed(IOTHUB_CLIENT_CONFIRMATION_RESULT result, void* context) {
    sent = 1;
}

int main(void) {
    static char ca_pem[16384];
    FILE* file = fopen("ca.pem", "r");
    fread(ca_pem, 1, sizeof ca_pem - 1, file);
    fclose(file);

    IoTHub_Init();
    IOTHUB_${kind.toUpperCase()}_CLIENT_LL_HANDLE client =
        IoTHub${kind}Client_LL_CreateFromConnectionString(getenv("${name}"), MQTT_Protocol);
    IoTHub${kind}Client_LL_SetOption(client, OPTION_TRUSTED_CERT, ca_pem);
    IOTHUB_MESSAGE_HANDLE message = IoTHubMessage_CreateFromString("{\\"temperature\\": 21}");
    IoTHub${kind}Client_LL_SendEventAsync(client, message, confirmed, NULL);
    while (!sent) {
        IoTHub${kind}Client_LL_DoWork(client);
    }
    IoTHubMessage_Destroy(message);
    IoTHub${kind}Client_LL_Destroy(client);
    IoTHub_Deinit();
}`,
});

const cPlusPlus = (name, kind) => ({
    setUp: '# find_package(iothub_emulator), iothub_emulator::client\nexport SSL_CERT_FILE=ca.pem',
    program: `#include <cstdlib>
#include <iothub/${kind.toLowerCase()}_client.hpp>

int main() {
    auto client = iothub::${kind.toLowerCase()}_client::create_from_connection_string(
        std::getenv("${name}"));
    iothub::message event;
    event.body = R"({"temperature": 21})";
    client.send_event(event);
}`,
});

const snippets = { 'Node': node, 'Python': python, 'Java': java, 'C#': cSharp, 'C': c, 'C++': cPlusPlus };

export const languages = Object.keys(snippets);

// {setUp, program} for an identity; setUp says how to trust the hub's CA.
export const snippetOf = (language, id) =>
    snippets[language](variableOf(id), id.moduleId ? 'Module' : 'Device');
