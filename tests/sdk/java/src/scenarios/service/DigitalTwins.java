package scenarios.service;

import static support.Expect.equal;
import static support.Expect.refused;
import static support.Wait.until;

import com.google.gson.JsonParser;
import com.microsoft.azure.sdk.iot.device.twin.Twin;
import com.microsoft.azure.sdk.iot.device.twin.TwinCollection;
import com.microsoft.azure.sdk.iot.service.digitaltwin.UpdateOperationUtility;
import com.microsoft.azure.sdk.iot.service.digitaltwin.models.DigitalTwinCommandResponse;
import com.microsoft.azure.sdk.iot.service.digitaltwin.models.DigitalTwinUpdateRequestOptions;
import com.microsoft.azure.sdk.iot.service.digitaltwin.serialization.BasicDigitalTwin;
import com.microsoft.rest.RestException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import support.Expect;
import support.Identity;
import support.OpenClient;
import support.Stage;

/** The service's DigitalTwinClient, and a device of a model. */
public final class DigitalTwins {
    private static final String MODEL = "dtmi:com:example:Thermostat;1";

    private DigitalTwins() {}

    /** Connected, with an acknowledged property and a component; the list is what it is told. */
    private static OpenClient device(Stage stage, Identity identity, List<Twin> told)
        throws Exception {
        var client = stage.openOfModel(identity, MODEL);
        client.sdk().subscribeToDesiredProperties((twin, context) -> told.add(twin), null);
        client.report(new TwinCollection(Map.of(
            "target", Map.of("value", 21, "ac", 200, "av", 1, "ad", "done"),
            "sensor", Map.of("__t", "c", "serial", "s1"))));
        return client;
    }

    public static void get(Stage stage) throws Exception {
        var identity = stage.backEnd.newDevice(stage.id("d"));
        try (var client = device(stage, identity, new CopyOnWriteArrayList<>())) {
            var twin = stage.backEnd.digitalTwins.getDigitalTwin(
                identity.deviceId, BasicDigitalTwin.class);
            equal(identity.deviceId, twin.getId());
            equal(MODEL, twin.getMetadata().getModelId());
            equal(21, twin.getCustomProperties().get("target"));
            equal("s1", ((Map<?, ?>) twin.getCustomProperties().get("sensor")).get("serial"));
            var acknowledged = twin.getMetadata().getWriteableProperties().get("target");
            equal(200, acknowledged.getAckCode());
            equal(1, acknowledged.getAckVersion());
            equal("done", acknowledged.getAckDescription());
        }
    }

    public static void update(Stage stage) throws Exception {
        var identity = stage.backEnd.newDevice(stage.id("d"));
        List<Twin> told = new CopyOnWriteArrayList<>();
        var twins = stage.backEnd.digitalTwins;
        try (var client = device(stage, identity, told)) {
            var before = twins.getDigitalTwinWithResponse(identity.deviceId, BasicDigitalTwin.class)
                .headers().eTag();
            var change = new UpdateOperationUtility().appendAddPropertyOperation("/target", 25)
                .getUpdateOperations();
            var heeding = new DigitalTwinUpdateRequestOptions().setIfMatch(before);
            twins.updateDigitalTwinWithResponse(identity.deviceId, change, heeding);
            until("the device hears of it", () -> !told.isEmpty());
            equal("25", told.get(0).getDesiredProperties().get("target").toString());

            refusedWith(412, () -> twins.updateDigitalTwinWithResponse(
                identity.deviceId, change, heeding));
            refusedWith(400, () -> twins.updateDigitalTwin(
                identity.deviceId, List.of(Map.of("op", "move", "path", "/x"))));
        }
    }

    private static void refusedWith(int status, Expect.Step step) throws Exception {
        equal(status, refused(RestException.class, step).response().code());
    }

    public static void command(Stage stage) throws Exception {
        var identity = stage.backEnd.newDevice(stage.id("d"));
        var twins = stage.backEnd.digitalTwins;
        try (var client = device(stage, identity, new CopyOnWriteArrayList<>())) {
            MethodCalls.echo(client);
            isEcho("reboot", "{\"delay\":1}",
                twins.invokeCommand(identity.deviceId, "reboot", "{\"delay\":1}"));
            isEcho("sensor*calibrate", "5",
                twins.invokeComponentCommand(identity.deviceId, "sensor", "calibrate", "5"));
        }
    }

    /** The SDK holds the payload as a text of JSON. */
    private static void isEcho(String name, String payload, DigitalTwinCommandResponse answer) {
        equal(200, answer.getStatus());
        equal(MethodCalls.echoed(name, payload),
            JsonParser.parseString(answer.getPayload(String.class)));
    }
}
