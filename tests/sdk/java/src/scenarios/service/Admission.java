package scenarios.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static support.Expect.equal;
import static support.Expect.refused;
import static support.Wait.until;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.google.gson.JsonObject;
import com.microsoft.azure.sdk.iot.service.exceptions.IotHubTooManyRequestsException;
import com.microsoft.azure.sdk.iot.service.exceptions.IotHubUnauthorizedException;
import com.microsoft.azure.sdk.iot.service.registry.RegistryClient;
import java.time.OffsetDateTime;
import java.util.Base64;
import reactor.core.publisher.Mono;
import support.Hub;
import support.Json;
import support.Stage;

/** Which back end is let in, and how often. */
public final class Admission {
    private static final int CALLS = 20;

    private Admission() {}

    public static void bearerToken(Stage stage) throws Exception {
        var id = stage.backEnd.newDevice(stage.id("d")).deviceId;
        equal(id, bearer(stage.hub, "https://iothubs.azure.net").getDevice(id).getDeviceId());
        refused(IotHubUnauthorizedException.class,
            () -> bearer(stage.hub, "https://storage.azure.com").getDevice(id));
    }

    private static RegistryClient bearer(Hub hub, String audience) {
        return new RegistryClient(hub.address(), credential(audience));
    }

    /** As those of azure-identity: a token for an audience, signed by nobody we know. */
    private static TokenCredential credential(String audience) {
        var expiry = OffsetDateTime.now().plusMinutes(10);
        var claims = Json.object("aud", audience);
        claims.addProperty("exp", expiry.toEpochSecond());
        var token = encoded(Json.object("alg", "RS256", "typ", "JWT")) + "." + encoded(claims)
            + ".c2lnbmF0dXJl";
        return request -> Mono.just(new AccessToken(token, expiry));
    }

    private static String encoded(JsonObject part) {
        return Base64.getUrlEncoder().withoutPadding()
            .encodeToString(part.toString().getBytes(UTF_8));
    }

    public static void throttled(Stage stage) throws Exception {
        var id = stage.backEnd.newDevice(stage.id("d")).deviceId;
        stage.management.limit("F1");
        try {
            until("a call is refused", () -> isThrottled(stage.backEnd.registry, id));
        } finally {
            stage.management.limit("off");
        }
        equal(id, stage.backEnd.registry.getDevice(id).getDeviceId());
    }

    private static boolean isThrottled(RegistryClient registry, String id) throws Exception {
        try {
            for (int call = 0; call < CALLS; call++) {
                registry.getDevice(id);
            }
            return false;
        } catch (IotHubTooManyRequestsException refused) {
            return true;
        }
    }

    public static void wrongKey(Stage stage) throws Exception {
        var wrong = "Key=d3Jvbmcga2V5IG9mIGEgcG9saWN5IGluIGEgdGVzdA==";
        var intruder = new RegistryClient(
            stage.hub.connectionString().replaceAll("Key=[^;]*$", wrong));
        refused(IotHubUnauthorizedException.class, () -> intruder.getDevice("any"));
    }
}
