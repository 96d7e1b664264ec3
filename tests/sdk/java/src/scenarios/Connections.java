package scenarios;

import static support.Expect.equal;
import static support.Expect.holds;
import static support.Wait.until;

import com.microsoft.azure.sdk.iot.device.transport.IotHubConnectionStatus;
import com.microsoft.azure.sdk.iot.device.twin.DirectMethodResponse;
import com.microsoft.azure.sdk.iot.device.twin.Twin;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import support.Identity;
import support.OpenClient;
import support.Stage;

/** Connecting, leaving, and coming back. */
public final class Connections {
    private Connections() {}

    public static void connect(Stage stage) throws Exception {
        var identity = stage.newIdentity();
        holds("nobody is connected yet", !stage.backEnd.seesConnected(identity));
        try (var client = stage.open(identity)) {
            until("the registry shows it connected", () -> stage.backEnd.seesConnected(identity));
        }
        until("the registry shows it disconnected", () -> !stage.backEnd.seesConnected(identity));
    }

    public static void reconnect(Stage stage) throws Exception {
        var identity = stage.newIdentity();
        try (var client = stage.open(identity)) {
            stage.sendAndSee(client, identity);
            cutAndAwait(client, identity, stage);
            stage.sendAndSee(client, identity);
        }
    }

    /** The SDK does not subscribe again: the hub keeps the subscriptions with the session. */
    public static void subscriptionsLast(Stage stage) throws Exception {
        var identity = stage.newIdentity();
        List<Twin> told = new CopyOnWriteArrayList<>();
        try (var client = stage.open(identity)) {
            client.sdk().subscribeToDesiredProperties((twin, context) -> told.add(twin), null);
            client.sdk().subscribeToMethods(
                (name, payload, context) -> new DirectMethodResponse(200, null), null);
            cutAndAwait(client, identity, stage);
            stage.backEnd.desire(identity, Map.of("colour", "green"));
            until("the change is told", () -> !told.isEmpty());
            equal("green", told.get(0).getDesiredProperties().get("colour"));
            equal(200, stage.backEnd.invoke(identity, "any", null).getStatus());
        }
    }

    private static void cutAndAwait(OpenClient client, Identity identity, Stage stage)
        throws Exception {
        client.states().clear();
        stage.management.disconnect(identity);
        until("the SDK notices the cut", () -> client.states()
            .contains(IotHubConnectionStatus.DISCONNECTED_RETRYING));
        until("the SDK is back", () -> client.isConnected());
    }
}
