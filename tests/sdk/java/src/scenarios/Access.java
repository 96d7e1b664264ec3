package scenarios;

import static support.Expect.holds;
import static support.Wait.until;

import com.microsoft.azure.sdk.iot.device.transport.IotHubConnectionStatus;
import com.microsoft.azure.sdk.iot.service.registry.DeviceStatus;
import support.Stage;

/** What the service changes in the registry decides who may connect. */
public final class Access {
    private Access() {}

    public static void keyRotation(Stage stage) throws Exception {
        var before = stage.newIdentity();
        stage.mayConnectAndSend(before);
        var after = stage.backEnd.rotateKeys(before);
        stage.isUnauthorized(before);
        stage.mayConnectAndSend(after);
    }

    public static void disable(Stage stage) throws Exception {
        var identity = stage.newIdentity();
        try (var client = stage.open(identity)) {
            stage.sendAndSee(client, identity);
            var device = stage.backEnd.registry.getDevice(identity.deviceId);
            device.setStatus(DeviceStatus.Disabled);
            stage.backEnd.registry.updateDevice(device);
            if (stage.keepsConnection()) {
                until("the SDK notices the cut, and tries again", () -> client.states()
                    .contains(IotHubConnectionStatus.DISCONNECTED_RETRYING));
            }
            stage.isUnauthorized(identity);
            holds("the client did not come back", !(stage.keepsConnection() && client.isConnected()));
        }
    }
}
