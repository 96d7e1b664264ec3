package scenarios.service;

import static support.Expect.equal;
import static support.Expect.holds;
import static support.Wait.untilIs;

import com.azure.core.amqp.AmqpTransportType;
import com.azure.messaging.eventhubs.EventHubClientBuilder;
import com.azure.messaging.eventhubs.EventHubConsumerClient;
import com.azure.messaging.eventhubs.models.EventPosition;
import com.azure.messaging.eventhubs.models.PartitionEvent;
import com.microsoft.azure.sdk.iot.device.IotHubClientProtocol;
import com.microsoft.azure.sdk.iot.device.IotHubMessageResult;
import com.microsoft.azure.sdk.iot.device.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import support.Identity;
import support.OpenClient;
import support.Stage;

/** Telemetry as programs with the SDK of Event Hubs read it. */
public final class Events {
    private static final String EMULATOR = ";UseDevelopmentEmulator=true";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Events() {}

    public static void events(Stage stage) throws Exception {
        for (var protocol : List.of(IotHubClientProtocol.MQTT, IotHubClientProtocol.AMQPS)) {
            var device = stage.backEnd.newDevice(stage.id(protocol.name()));
            try (var client = stage.open(device, protocol, message -> IotHubMessageResult.COMPLETE);
                 var reader = reader(stage)) {
                client.sdk().sendEvent(message(1));
                readsFrom(firstOf(device, reader), client, reader);
            }
        }
    }

    private static EventHubConsumerClient reader(Stage stage) throws Exception {
        var plain = stage.management.eventHubsString();
        holds("it is for an emulator: " + plain, plain.endsWith(EMULATOR));
        var text = stage.transport().equals("amqp-plain") ? plain : plain.replace(EMULATOR, "");
        return new EventHubClientBuilder().connectionString(text, "telemetry")
            .consumerGroup(EventHubClientBuilder.DEFAULT_CONSUMER_GROUP_NAME)
            .transportType(stage.transport().equals("amqp-ws") ? AmqpTransportType.AMQP_WEB_SOCKETS
                : AmqpTransportType.AMQP)
            .buildConsumerClient();
    }

    /** The first event of a device, in whichever partition it is. */
    private static PartitionEvent firstOf(Identity device, EventHubConsumerClient reader)
        throws Exception {
        var found = untilIs("the event is read", () -> {
            for (var partition : reader.getPartitionIds()) {
                for (var event : allOf(partition, reader)) {
                    if (isOf(device, event)) {
                        return event;
                    }
                }
            }
            return null;
        }, event -> event != null);
        var data = found.getData();
        equal("{\"number\":1}", data.getBodyAsString());
        equal(Map.of("alert & more", "yes=no & 1/2"), data.getProperties());
        equal("message 1", data.getMessageId());
        equal("application/json", data.getContentType());
        equal("utf-8", data.getRawAmqpMessage().getProperties().getContentEncoding());
        var system = data.getSystemProperties();
        equal("Telemetry", system.get("iothub-message-source"));
        holds("a time", system.get("iothub-enqueuedtime") != null && data.getEnqueuedTime() != null);
        return found;
    }

    private static void readsFrom(PartitionEvent first, OpenClient client,
        EventHubConsumerClient reader) throws Exception {
        var partition = first.getPartitionContext().getPartitionId();
        long number = first.getData().getSequenceNumber();
        var fresh = CompletableFuture.supplyAsync(
            () -> read(reader, partition, EventPosition.latest(), 1).get(0));
        untilIs("what is sent now is read", () -> {
            client.sdk().sendEvent(message(2));
            return fresh.isDone();
        }, done -> done);
        equal("{\"number\":2}", fresh.get().getData().getBodyAsString());
        for (var inclusive : List.of(true, false)) {
            var event = read(reader, partition,
                EventPosition.fromSequenceNumber(number, inclusive), 1).get(0);
            equal(inclusive ? number : number + 1, event.getData().getSequenceNumber());
        }
    }

    private static List<PartitionEvent> allOf(String partition, EventHubConsumerClient reader) {
        var now = reader.getPartitionProperties(partition);
        long count = now.getLastEnqueuedSequenceNumber() - now.getBeginningSequenceNumber() + 1;
        return now.isEmpty() ? List.of()
            : read(reader, partition, EventPosition.earliest(), (int) count);
    }

    private static List<PartitionEvent> read(EventHubConsumerClient reader, String partition,
        EventPosition from, int count) {
        return reader.receiveFromPartition(partition, count, from, LIMIT).stream()
            .collect(Collectors.toList());
    }

    private static boolean isOf(Identity device, PartitionEvent event) {
        return device.deviceId.equals(
            event.getData().getSystemProperties().get("iothub-connection-device-id"));
    }

    private static Message message(int number) {
        var message = new Message("{\"number\":" + number + "}");
        message.setMessageId("message " + number);
        message.setContentType("application/json");
        message.setContentEncoding("utf-8");
        message.setProperty("alert & more", "yes=no & 1/2");
        return message;
    }
}
