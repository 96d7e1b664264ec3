package scenarios;

import static support.Expect.equal;

import com.google.gson.JsonObject;
import com.microsoft.azure.sdk.iot.device.Message;
import java.util.List;
import support.Json;
import support.Stage;

/** Messages to the hub. */
public final class Telemetry {
    private Telemetry() {}

    public static void one(Stage stage) throws Exception {
        var identity = stage.newIdentity();
        try (var client = stage.open(identity)) {
            client.sdk().sendEvent(message("1", stage));
        }
        arrived("1", stage.management.events(identity, 1).get(0), stage);
    }

    public static void batch(Stage stage) throws Exception {
        var identity = stage.newIdentity();
        try (var client = stage.open(identity)) {
            client.sdk().sendEvents(List.of(
                message("1", stage), message("2", stage), message("3", stage)));
        }
        var events = stage.management.events(identity, 3);
        equal(3, events.size());
        for (var event : events) {
            arrived(Integer.toString(events.indexOf(event) + 1), event, stage);
        }
    }

    /** Over HTTPS a property is a header, where this SDK sends ASCII and nothing else for certain. */
    private static String awkward(Stage stage) {
        return "50 % of a&b=c/d" + (stage.keepsConnection() ? " \u00e9" : "");
    }

    private static Message message(String id, Stage stage) {
        var message = new Message("{\"number\":" + id + "}");
        message.setMessageId(id);
        message.setCorrelationId("answer to " + id);
        message.setContentType("application/json");
        message.setContentEncoding("utf-8");
        message.setProperty("alert", "true");
        message.setProperty("awkward", awkward(stage));
        return message;
    }

    private static void arrived(String id, JsonObject event, Stage stage) {
        equal("{\"number\":" + id + "}", Json.text(event, "body"));
        var system = event.getAsJsonObject("systemProperties");
        equal(id, Json.text(system, "message-id"));
        equal("answer to " + id, Json.text(system, "correlation-id"));
        equal("application/json", Json.text(system, "content-type"));
        equal("utf-8", Json.text(system, "content-encoding"));
        equal(Json.object("alert", "true", "awkward", awkward(stage)),
            event.getAsJsonObject("properties"));
        equal(stage.isForModule(), event.has("moduleId"));
    }
}
