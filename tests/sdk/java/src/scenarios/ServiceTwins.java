package scenarios;

import static support.Expect.equal;
import static support.Expect.holds;
import static support.Expect.refused;

import com.microsoft.azure.sdk.iot.service.exceptions.IotHubPreconditionFailedException;
import java.util.Map;
import support.BackEnd;
import support.Identity;

/** The service's TwinClient; it sends a patch as POST with X-HTTP-Method-Override. */
public final class ServiceTwins {
    private ServiceTwins() {}

    public static void patch(BackEnd backEnd, Identity identity) throws Exception {
        var first = BackEnd.twinToSend(identity);
        first.getTags().put("floor", "cellar");
        first.getDesiredProperties().put("light", Map.of("on", true, "colour", "red"));
        backEnd.twins.patch(first);

        var second = BackEnd.twinToSend(identity);
        second.getDesiredProperties().put("light", Map.of("colour", "blue"));
        var answer = backEnd.twins.patch(second);

        var stored = backEnd.twin(identity);
        equal(answer.getETag(), stored.getETag());
        equal("cellar", stored.getTags().get("floor"));
        equal(Map.of("on", true, "colour", "blue"), stored.getDesiredProperties().get("light"));
        equal(3, stored.getDesiredProperties().getVersion());
        holds("changes are dated",
            stored.getDesiredProperties().getTwinMetadata().getLastUpdated() != null);
    }

    public static void replace(BackEnd backEnd, Identity identity) throws Exception {
        backEnd.desire(identity, Map.of("old", "value"));
        var whole = BackEnd.twinToSend(identity);
        whole.getTags().put("floor", "roof");
        whole.getDesiredProperties().put("new", "value");
        backEnd.twins.replace(whole);

        var stored = backEnd.twin(identity);
        equal("roof", stored.getTags().get("floor"));
        equal(Map.of("new", "value"), Map.copyOf(stored.getDesiredProperties()));
    }

    public static void etags(BackEnd backEnd, Identity identity) throws Exception {
        var before = backEnd.twin(identity).getETag();
        var change = BackEnd.twinToSend(identity);
        change.getTags().put("floor", "first");
        backEnd.twins.patch(change, before);
        refused(IotHubPreconditionFailedException.class, () -> backEnd.twins.patch(change, before));
        refused(IotHubPreconditionFailedException.class, () -> backEnd.twins.replace(change, before));
    }
}
