package scenarios.service;

import static support.Expect.equal;
import static support.Expect.holds;
import static support.Expect.refused;
import static support.Wait.until;
import static support.Wait.untilIs;

import com.microsoft.azure.sdk.iot.device.IotHubClientProtocol;
import com.microsoft.azure.sdk.iot.device.IotHubMessageResult;
import com.microsoft.azure.sdk.iot.service.exceptions.IotHubDeviceMaximumQueueDepthExceededException;
import com.microsoft.azure.sdk.iot.service.exceptions.IotHubNotFoundException;
import com.microsoft.azure.sdk.iot.service.messaging.AcknowledgementType;
import com.microsoft.azure.sdk.iot.service.messaging.DeliveryAcknowledgement;
import com.microsoft.azure.sdk.iot.service.messaging.FeedbackRecord;
import com.microsoft.azure.sdk.iot.service.messaging.FeedbackStatusCode;
import com.microsoft.azure.sdk.iot.service.messaging.FileUploadNotification;
import com.microsoft.azure.sdk.iot.service.messaging.FileUploadNotificationProcessorClient;
import com.microsoft.azure.sdk.iot.service.messaging.FileUploadNotificationProcessorClientOptions;
import com.microsoft.azure.sdk.iot.service.messaging.IotHubServiceClientProtocol;
import com.microsoft.azure.sdk.iot.service.messaging.Message;
import com.microsoft.azure.sdk.iot.service.messaging.MessageFeedbackProcessorClient;
import com.microsoft.azure.sdk.iot.service.messaging.MessagingClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import scenarios.FileUpload;
import support.Hub;
import support.Identity;
import support.Json;
import support.Stage;
import support.Trust;

/** Messages to devices, feedback on them, and notifications of uploaded files. */
public final class Messaging {
    private static final int FULL = 50;
    private static final String AWKWARD = "50 % of a&b=c/d";

    private Messaging() {}

    public static void send(Stage stage) throws Exception {
        var sender = sender(stage);
        for (var protocol : List.of(IotHubClientProtocol.MQTT, IotHubClientProtocol.AMQPS)) {
            var device = stage.backEnd.newDevice(stage.id(protocol.name()));
            List<com.microsoft.azure.sdk.iot.device.Message> received = new CopyOnWriteArrayList<>();
            try (var client = stage.open(device, protocol, message -> {
                received.add(message);
                return IotHubMessageResult.COMPLETE;
            })) {
                sender.send(device.deviceId, message("m-1"));
                until("the message comes", () -> !received.isEmpty());
            }
            var message = received.get(0);
            equal("wake up", new String(message.getBytes(), StandardCharsets.UTF_8));
            equal("m-1", message.getMessageId());
            equal("c 1/2", message.getCorrelationId());
            equal("3", message.getProperty("level"));
            equal(AWKWARD, message.getProperty("awkward"));
        }
        sender.close();
    }

    public static void sendRefused(Stage stage) throws Exception {
        var sender = sender(stage);
        refused(IotHubNotFoundException.class, () -> sender.send(stage.id("nobody"), message("m")));
        var full = stage.backEnd.newDevice(stage.id("full"));
        for (int number = 0; number < FULL; number++) {
            stage.management.send(full, Json.object("body", "x"));
        }
        refused(IotHubDeviceMaximumQueueDepthExceededException.class,
            () -> sender.send(full.deviceId, message("m")));
        sender.close();
    }

    public static void feedback(Stage stage) throws Exception {
        var device = stage.backEnd.newDevice(stage.id("d"));
        List<FeedbackRecord> records = new CopyOnWriteArrayList<>();
        var receiver = new MessageFeedbackProcessorClient(stage.hub.connectionString(),
            protocol(stage), batch -> {
                batch.getRecords().stream()
                    .filter(record -> record.getDeviceId().equals(device.deviceId))
                    .forEach(records::add);
                return AcknowledgementType.COMPLETE;
            });
        receiver.start();
        var sender = sender(stage);
        try (var client = stage.open(device)) {
            sender.send(device.deviceId, message("m-1"));
            until("there is feedback", () -> !records.isEmpty());
        }
        until("it is completed", () -> stage.management.feedback(device).isEmpty());
        equal(1, records.size());
        equal("m-1", records.get(0).getOriginalMessageId());
        equal(FeedbackStatusCode.success, records.get(0).getStatusCode());
        sender.close();
        receiver.stop();
    }

    public static void fileNotifications(Stage stage) throws Exception {
        FileUpload.withStorage(stage, (hub, store, uploader) -> {
            for (var name : List.of("one.txt", "two.txt")) {
                FileUpload.upload(name, "what happened", hub, uploader);
                var notifications = notificationsUntil(name, hub, stage);
                equal(1, notifications.size());
                equal((long) "what happened".length(), notifications.get(0).getBlobSizeInBytes());
                var uri = notifications.get(0).getBlobUri();
                holds("the address is the blob's, not " + uri, uri.endsWith("/" + name));
            }
        });
    }

    private static List<FileUploadNotification> notificationsUntil(String name, Hub hub, Stage stage)
        throws Exception {
        List<FileUploadNotification> notifications = new CopyOnWriteArrayList<>();
        var options = FileUploadNotificationProcessorClientOptions.builder()
            .sslContext(Trust.of(hub.caFile())).build();
        var receiver = new FileUploadNotificationProcessorClient(hub.connectionString(),
            protocol(stage), notification -> {
                notifications.add(notification);
                return AcknowledgementType.COMPLETE;
            }, options);
        receiver.start();
        untilIs("the notification of " + name, () -> notifications, seen -> seen.stream()
            .anyMatch(notification -> notification.getBlobName().endsWith("/" + name)));
        receiver.stop();
        return notifications;
    }

    private static MessagingClient sender(Stage stage) throws Exception {
        var sender = new MessagingClient(stage.hub.connectionString(), protocol(stage));
        sender.open();
        return sender;
    }

    private static IotHubServiceClientProtocol protocol(Stage stage) {
        return stage.transport().equals("amqp-ws") ? IotHubServiceClientProtocol.AMQPS_WS
            : IotHubServiceClientProtocol.AMQPS;
    }

    private static Message message(String id) {
        var message = new Message("wake up");
        message.setMessageId(id);
        message.setCorrelationId("c 1/2");
        message.setDeliveryAcknowledgement(DeliveryAcknowledgement.Full);
        message.setProperties(Map.of("level", "3", "awkward", AWKWARD));
        return message;
    }
}
