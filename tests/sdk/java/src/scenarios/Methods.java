package scenarios;

import static support.Expect.equal;

import com.microsoft.azure.sdk.iot.device.twin.DirectMethodResponse;
import java.util.Map;
import support.Stage;

/** Direct methods: the service client calls, the device client answers. */
public final class Methods {
    private Methods() {}

    public static void method(Stage stage) throws Exception {
        var identity = stage.newIdentity();
        try (var client = stage.open(identity)) {
            client.sdk().subscribeToMethods((name, payload, context) -> name.equals("greet")
                ? new DirectMethodResponse(200, Map.of("said", payload.getPayload(String.class)))
                : new DirectMethodResponse(404, null), null);

            var answer = stage.backEnd.invoke(identity, "greet", "hello");
            equal(200, answer.getStatus());
            equal("{\"said\":\"hello\"}", answer.getPayloadAsJsonString());

            equal(404, stage.backEnd.invoke(identity, "sing", null).getStatus());
        }
    }
}
