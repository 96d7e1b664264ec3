package scenarios;

import static support.Expect.equal;

import com.microsoft.azure.sdk.iot.device.edge.DirectMethodRequest;
import com.microsoft.azure.sdk.iot.device.twin.DirectMethodResponse;
import java.util.Map;
import support.Hub;
import support.OpenClient;
import support.Stage;

/** A module that calls methods itself: over HTTPS, and its gateway is where to. */
public final class ModuleInvoke {
    private ModuleInvoke() {}

    public static void invoke(Stage stage) throws Exception {
        var device = stage.backEnd.newDevice();
        var other = stage.backEnd.newModule(device, "other");
        var caller = stage.backEnd.newModule(device, "caller").of(Hub.NAME)
            .behindGateway(stage.hub.address());
        try (var one = stage.open(device); var two = stage.open(other);
            var calling = stage.open(caller)) {
            answer(one, "the device");
            answer(two, "other");
            var request = new DirectMethodRequest("greet", "hello", 15, 10);
            isFrom("the device", calling.module().invokeMethod(device.deviceId, request));
            isFrom("other", calling.module().invokeMethod(device.deviceId, "other", request));
        }
    }

    private static void answer(OpenClient client, String name) throws Exception {
        client.sdk().subscribeToMethods((method, payload, context) -> new DirectMethodResponse(201,
            Map.of("to", method + " " + payload.getPayload(String.class), "by", name)), null);
    }

    private static void isFrom(String name,
        com.microsoft.azure.sdk.iot.device.edge.DirectMethodResponse answer) {
        equal(201, answer.getStatus());
        equal(Map.of("to", "greet hello", "by", name), answer.getPayload(Map.class));
    }
}
