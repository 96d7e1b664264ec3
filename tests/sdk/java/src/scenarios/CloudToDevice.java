package scenarios;

import static support.Expect.equal;
import static support.Wait.until;
import static support.Wait.untilIs;

import com.microsoft.azure.sdk.iot.device.IotHubMessageResult;
import com.microsoft.azure.sdk.iot.device.Message;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import support.Identity;
import support.Json;
import support.Stage;

/** Messages from the hub; the management port sends them as a back end would over AMQP. */
public final class CloudToDevice {
    private static final String AWKWARD = "50 % of a&b=c/d";

    private CloudToDevice() {}

    public static void receive(Stage stage) throws Exception {
        var identity = stage.newIdentity();
        stage.management.send(identity, message());
        List<Message> received = new CopyOnWriteArrayList<>();
        try (var client = stage.open(identity, message -> {
            received.add(message);
            return IotHubMessageResult.COMPLETE;
        })) {
            untilIs("the message comes", () -> received, messages -> !messages.isEmpty());
            noneWaits(stage, identity);
        }
        equal(1, received.size());
        isAsSent(received.get(0), stage);
    }

    public static void reject(Stage stage) throws Exception {
        var identity = stage.newIdentity();
        stage.management.send(identity, message());
        try (var client = stage.open(identity, message -> IotHubMessageResult.REJECT)) {
            noneWaits(stage, identity);
        }
        var feedback = untilIs("feedback comes", () -> stage.management.feedback(identity),
            records -> !records.isEmpty());
        equal("m-1", Json.text(feedback.get(0), "originalMessageId"));
        equal("Rejected", Json.text(feedback.get(0), "statusCode"));
    }

    public static void abandon(Stage stage) throws Exception {
        var identity = stage.newIdentity();
        stage.management.send(identity, message());
        List<Message> received = new CopyOnWriteArrayList<>();
        try (var client = stage.open(identity, message -> {
            received.add(message);
            return received.size() == 1 ? IotHubMessageResult.ABANDON : IotHubMessageResult.COMPLETE;
        })) {
            untilIs("the message comes again", () -> received, messages -> messages.size() == 2);
            noneWaits(stage, identity);
        }
        isAsSent(received.get(1), stage);
    }

    /** The SDK subscribes to inputs where its connection string names a gateway, as Edge's does. */
    public static void input(Stage stage) throws Exception {
        var identity = stage.newIdentity().behindGateway(stage.hub.address());
        List<String> received = new CopyOnWriteArrayList<>();
        try (var client = stage.open(identity)) {
            client.module().setMessageCallback("alarms", (message, context) -> {
                received.add(text(message));
                return IotHubMessageResult.COMPLETE;
            }, null);
            var message = message();
            message.addProperty("input", "alarms");
            stage.management.send(identity, message);
            untilIs("the message comes", () -> received, texts -> !texts.isEmpty());
        }
        equal(List.of("wake up"), received);
    }

    private static JsonObject message() {
        var message = Json.object("body", "wake up", "messageId", "m-1", "correlationId", "c 1/2",
            "contentType", "text/plain", "ack", "full");
        message.add("properties", Json.object("level", "3", "awkward", AWKWARD));
        return message;
    }

    /** Over HTTPS the SDK reads the content type but drops it on the way to the callback. */
    private static void isAsSent(Message message, Stage stage) {
        equal("wake up", text(message));
        equal("m-1", message.getMessageId());
        equal("c 1/2", message.getCorrelationId());
        equal(stage.keepsConnection() ? "text/plain" : null, message.getContentType());
        equal("3", message.getProperty("level"));
        equal(AWKWARD, message.getProperty("awkward"));
    }

    private static void noneWaits(Stage stage, Identity identity) throws Exception {
        until("no message waits", () -> stage.management.queued(identity).isEmpty());
    }

    private static String text(Message message) {
        return new String(message.getBytes(), StandardCharsets.UTF_8);
    }
}
