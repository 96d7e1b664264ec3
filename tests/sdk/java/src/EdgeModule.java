import com.microsoft.azure.sdk.iot.device.IotHubClientProtocol;
import com.microsoft.azure.sdk.iot.device.Message;
import com.microsoft.azure.sdk.iot.device.ModuleClient;
import com.microsoft.azure.sdk.iot.device.hsm.UnixDomainSocketChannel;

/**
 * The program of a module as it is written for IoT Edge: the environment says where to connect and whom
 * to trust. Scenario EdgeEnvironment starts it with a protocol's name and the text to send.
 */
public final class EdgeModule {
    private EdgeModule() {}

    public static void main(String[] arguments) throws Exception {
        UnixDomainSocketChannel unused = null;
        var client = ModuleClient.createFromEnvironment(unused,
            IotHubClientProtocol.valueOf(arguments[0]));
        client.open(false);
        client.sendEvent(new Message(arguments[1]));
        client.close();
    }
}
