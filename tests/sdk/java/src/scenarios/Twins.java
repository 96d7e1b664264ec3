package scenarios;

import static support.Expect.equal;
import static support.Expect.holds;
import static support.Wait.untilIs;

import com.microsoft.azure.sdk.iot.device.twin.Twin;
import com.microsoft.azure.sdk.iot.device.twin.TwinCollection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import support.Stage;

/** The twin as clients see it; the SDK wants to be subscribed to changes before all else. */
public final class Twins {
    private Twins() {}

    public static void get(Stage stage) throws Exception {
        var identity = stage.newIdentity();
        stage.backEnd.desire(identity, Map.of("room", "cellar", "limits", Map.of("low", "cold")));
        try (var client = stage.open(identity)) {
            client.sdk().subscribeToDesiredProperties((change, context) -> { }, null);
            var twin = client.twin();
            equal("cellar", twin.getDesiredProperties().get("room"));
            equal(Map.of("low", "cold"), twin.getDesiredProperties().get("limits"));
            equal(2, twin.getDesiredProperties().getVersion());
            equal(1, twin.getReportedProperties().getVersion());
        }
    }

    public static void desiredCallback(Stage stage) throws Exception {
        var identity = stage.newIdentity();
        stage.backEnd.desire(identity, Map.of("before", "not told"));
        List<Twin> told = new CopyOnWriteArrayList<>();
        try (var client = stage.open(identity)) {
            client.sdk().subscribeToDesiredProperties((twin, context) -> told.add(twin), null);
            stage.backEnd.desire(identity, Map.of("colour", "green"));
            untilIs("one change is told", () -> told, changes -> changes.size() == 1);
            var change = told.get(0).getDesiredProperties();
            equal("green", change.get("colour"));
            equal(3, change.getVersion());
            holds("it holds what changed, and no more", !change.containsKey("before"));
        }
    }

    public static void reportedPatch(Stage stage) throws Exception {
        var identity = stage.newIdentity();
        try (var client = stage.open(identity)) {
            client.sdk().subscribeToDesiredProperties((change, context) -> { }, null);
            var first = client.report(new TwinCollection(Map.of("state", "warm", "soon", "gone")));
            var removal = new TwinCollection();
            removal.put("soon", null);
            var second = client.report(removal);
            holds("the version grows", second > first);

            var reported = stage.backEnd.twin(identity).getReportedProperties();
            equal(Map.of("state", "warm"), Map.copyOf(reported));
            equal(second, reported.getVersion());
        }
    }
}
