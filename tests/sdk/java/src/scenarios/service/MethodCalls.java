package scenarios.service;

import static support.Expect.equal;
import static support.Expect.refused;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.azure.sdk.iot.device.twin.DirectMethodResponse;
import com.microsoft.azure.sdk.iot.service.exceptions.ErrorCodeDescription;
import com.microsoft.azure.sdk.iot.service.exceptions.IotHubGatewayTimeoutException;
import com.microsoft.azure.sdk.iot.service.exceptions.IotHubNotFoundException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import support.Identity;
import support.OpenClient;
import support.Stage;

/** The service's DirectMethodsClient, also when all is not well, or much at once. */
public final class MethodCalls {
    private MethodCalls() {}

    public static void methods(Stage stage) throws Exception {
        var device = stage.backEnd.newDevice(stage.id("d"));
        for (var identity : List.of(device, stage.backEnd.newModule(device, "m"))) {
            var away = refused(IotHubNotFoundException.class,
                () -> stage.backEnd.invoke(identity, "blink", null));
            equal(ErrorCodeDescription.DeviceNotOnline, away.getErrorCodeDescription());
            try (var client = stage.open(identity)) {
                echo(client);
                var answer = stage.backEnd.invoke(identity, "blink", Map.of("times", 2));
                equal(200, answer.getStatus());
                equal(echoed("blink", "{\"times\":2}"), answer.getPayloadAsJsonElement());
            }
        }
    }

    /** Answers each call with its name and payload. */
    static void echo(OpenClient client) throws Exception {
        client.sdk().subscribeToMethods((name, payload, context) -> new DirectMethodResponse(200,
            echoed(name, payload.getPayloadAsJsonString())), null);
    }

    static JsonObject echoed(String name, String payload) {
        var answer = new JsonObject();
        answer.addProperty("name", name);
        answer.add("payload", JsonParser.parseString(payload));
        return answer;
    }

    public static void noAnswer(Stage stage) throws Exception {
        var identity = stage.newIdentity();
        try (var client = stage.open(identity)) {
            client.sdk().subscribeToMethods((name, payload, context) -> {
                sleep(8_000);
                return new DirectMethodResponse(200, null);
            }, null);
            refused(IotHubGatewayTimeoutException.class,
                () -> stage.backEnd.invoke(identity, "slow", null, 5));
        }
    }

    public static void manyAtOnce(Stage stage) throws Exception {
        var identity = stage.newIdentity();
        try (var client = stage.open(identity)) {
            client.sdk().subscribeToMethods((name, payload, context) ->
                new DirectMethodResponse(200, payload.getPayload(Integer.class)), null);
            var answers = IntStream.range(0, 20).parallel()
                .mapToObj(number -> answered(stage, identity, number))
                .collect(Collectors.toList());
            equal(IntStream.range(0, 20).boxed().collect(Collectors.toList()), answers);
        }
    }

    private static Integer answered(Stage stage, Identity identity, int number) {
        try {
            return stage.backEnd.invoke(identity, "echo", number).getPayload(Integer.class);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void sleep(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
