package support;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** The hub's management port, where a test sees what arrived and sends what AMQP back ends would. */
public final class Management {
    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;

    public Management(Hub hub) {
        url = hub.managementUrl();
    }

    /** The telemetry of an identity that has come so far. */
    public List<JsonObject> events(Identity sender) throws Exception {
        return objects(ask("GET", "/api/events?limit=1000&" + sender.query()
            + (sender.isModule() ? "" : "&module="), "").getAsJsonObject().getAsJsonArray("events"));
    }

    /** The telemetry of an identity, once so many messages have come. */
    public List<JsonObject> events(Identity sender, int count) throws Exception {
        return Wait.untilIs(count + " messages arrive", () -> events(sender),
            events -> events.size() >= count);
    }

    /** Enqueues a cloud-to-device message. */
    public void send(Identity receiver, JsonObject message) throws Exception {
        ask("POST", "/api/messages?" + receiver.query(), message.toString());
    }

    /** What waits in the queue of an identity. */
    public List<JsonObject> queued(Identity receiver) throws Exception {
        var answer = ask("GET", "/api/messages?" + receiver.query(), "");
        return objects(answer.getAsJsonObject().getAsJsonArray("messages"));
    }

    /** Feedback on the messages of one device. */
    public List<JsonObject> feedback(Identity receiver) throws Exception {
        var records = objects(ask("GET", "/api/feedback", "").getAsJsonObject()
            .getAsJsonArray("records"));
        records.removeIf(r -> !r.get("deviceId").getAsString().equals(receiver.deviceId));
        return records;
    }

    public void disconnect(Identity identity) throws Exception {
        ask("DELETE", "/api/connections?" + identity.query(), "");
    }

    /** What SDKs of Event Hubs are given to read telemetry. */
    public String eventHubsString() throws Exception {
        return Json.text(ask("GET", "/api/connection-strings", "").getAsJsonObject(), "eventHubs");
    }

    /** Lets devices present certificates of this authority. */
    public void trustAuthority(String name, String pem) throws Exception {
        ask("PUT", "/api/certificate-authorities?name=" + name, pem);
    }

    /** Throttles as a tier does, until that is "off". */
    public void limit(String profile) throws Exception {
        ask("PUT", "/api/limits", Json.object("profile", profile).toString());
    }

    private JsonElement ask(String method, String path, String body) throws Exception {
        BodyPublisher sent = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        var answer = http.send(
            HttpRequest.newBuilder(URI.create(url + path)).method(method, sent).build(),
            HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("the management port answered " + answer.statusCode() + " to "
                + method + " " + path + ": " + answer.body());
        }
        return JsonParser.parseString(answer.body());
    }

    private static List<JsonObject> objects(JsonArray array) {
        var found = new ArrayList<JsonObject>();
        array.forEach(element -> found.add(element.getAsJsonObject()));
        return found;
    }
}
