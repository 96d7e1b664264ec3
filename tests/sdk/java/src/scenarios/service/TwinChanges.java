package scenarios.service;

import static support.Expect.equal;
import static support.Expect.holds;
import static support.Expect.refused;

import com.microsoft.azure.sdk.iot.service.exceptions.IotHubPreconditionFailedException;
import java.util.List;
import java.util.Map;
import support.BackEnd;
import support.Identity;
import support.Stage;

/** The service's TwinClient; it sends a patch as POST with X-HTTP-Method-Override. */
public final class TwinChanges {
    private TwinChanges() {}

    public static void patch(Stage stage) throws Exception {
        for (var identity : deviceAndModule(stage)) {
            merges(stage.backEnd, identity);
            heedsEtags(stage.backEnd, identity);
        }
    }

    private static List<Identity> deviceAndModule(Stage stage) throws Exception {
        var device = stage.backEnd.newDevice(stage.id("d"));
        return List.of(device, stage.backEnd.newModule(device, "m"));
    }

    private static void merges(BackEnd backEnd, Identity identity) throws Exception {
        var first = BackEnd.twinToSend(identity);
        first.getTags().put("site", Map.of("floor", "cellar", "room", "a"));
        first.getDesiredProperties().put("light", Map.of("on", true, "colour", "red"));
        backEnd.twins.patch(first);

        var second = BackEnd.twinToSend(identity);
        second.getTags().put("site", Map.of("room", "b"));
        second.getDesiredProperties().put("light", Map.of("colour", "blue"));
        var answer = backEnd.twins.patch(second);

        var stored = backEnd.twin(identity);
        equal(answer.getETag(), stored.getETag());
        equal(Map.of("floor", "cellar", "room", "b"), stored.getTags().get("site"));
        equal(Map.of("on", true, "colour", "blue"), stored.getDesiredProperties().get("light"));
        equal(3, stored.getDesiredProperties().getVersion());
        holds("changes are dated",
            stored.getDesiredProperties().getTwinMetadata().getLastUpdated() != null);
    }

    private static void heedsEtags(BackEnd backEnd, Identity identity) throws Exception {
        var before = backEnd.twin(identity).getETag();
        var change = BackEnd.twinToSend(identity);
        change.getTags().put("floor", "first");
        backEnd.twins.patch(change, before);
        refused(IotHubPreconditionFailedException.class, () -> backEnd.twins.patch(change, before));
    }

    public static void replace(Stage stage) throws Exception {
        for (var identity : deviceAndModule(stage)) {
            replaces(stage.backEnd, identity);
        }
    }

    private static void replaces(BackEnd backEnd, Identity identity) throws Exception {
        backEnd.desire(identity, Map.of("old", "value"));
        var before = backEnd.twin(identity).getETag();
        var whole = BackEnd.twinToSend(identity);
        whole.getTags().put("floor", "roof");
        whole.getDesiredProperties().put("new", "value");
        backEnd.twins.replace(whole, before);

        var stored = backEnd.twin(identity);
        equal("roof", stored.getTags().get("floor"));
        equal(Map.of("new", "value"), Map.copyOf(stored.getDesiredProperties()));
        refused(IotHubPreconditionFailedException.class,
            () -> backEnd.twins.replace(whole, before));
    }
}
