package scenarios;

import static support.Expect.equal;
import static support.Expect.refused;

import com.microsoft.azure.sdk.iot.device.twin.DirectMethodResponse;
import com.microsoft.azure.sdk.iot.service.exceptions.ErrorCodeDescription;
import com.microsoft.azure.sdk.iot.service.exceptions.IotHubGatewayTimeoutException;
import com.microsoft.azure.sdk.iot.service.exceptions.IotHubNotFoundException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import support.Identity;
import support.Stage;

/** What the service's DirectMethodsClient meets when all is not well, or much at once. */
public final class ServiceMethods {
    private ServiceMethods() {}

    public static void nobodyThere(Stage stage) throws Exception {
        var identity = stage.newIdentity();
        var away = refused(IotHubNotFoundException.class,
            () -> stage.backEnd.invoke(identity, "any", null));
        equal(ErrorCodeDescription.DeviceNotOnline, away.getErrorCodeDescription());
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
