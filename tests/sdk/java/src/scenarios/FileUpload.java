package scenarios;

import static support.Expect.equal;
import static support.Expect.holds;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.azure.sdk.iot.device.ClientOptions;
import com.microsoft.azure.sdk.iot.device.DeviceClient;
import com.microsoft.azure.sdk.iot.device.FileUploadCompletionNotification;
import com.microsoft.azure.sdk.iot.device.FileUploadSasUriRequest;
import com.microsoft.azure.sdk.iot.device.IotHubClientProtocol;
import com.microsoft.azure.sdk.iot.device.IotHubMessageResult;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import support.BlobStore;
import support.Hub;
import support.Identity;
import support.Json;
import support.Loopback;
import support.OpenClient;
import support.Stage;
import support.Trust;

/** The hub says where, the device puts the file there and tells the hub; a hub with a blob storage. */
public final class FileUpload {
    private static final String DEVICE = "uploader";
    private static final String KEY = "a2V5IG9mIHRoZSBkZXZpY2UgdGhhdCB1cGxvYWRzIQ==";
    private static final String STORAGE_KEY = "a2V5IG9mIHRoZSBhY2NvdW50IG9mIHRoZSBzdG9yYWdl";

    private FileUpload() {}

    /** What happens at a hub with a storage; the client is a device's over HTTPS. */
    public interface Uploading {
        void play(Hub hub, BlobStore store, DeviceClient uploader) throws Exception;
    }

    public static void upload(Stage stage) throws Exception {
        withStorage(stage, (hub, store, uploader) -> {
            upload("logs/today.txt", "what happened today", hub, uploader);
            equal("what happened today", store.text("uploads", DEVICE + "/logs/today.txt"));
        });
    }

    public static void withStorage(Stage stage, Uploading action) throws Exception {
        var address = Loopback.unusedAddress();
        var storage = Loopback.unusedAddress();
        var folder = Files.createTempDirectory(stage.hub.folder(), "of-uploads-");
        try (var hub = Hub.start(address, folder, configuration(storage), "--hostname", storage);
             var store = BlobStore.secure(storage, hub);
             var client = new OpenClient(Identity.device(address, DEVICE, KEY),
                 IotHubClientProtocol.HTTPS,
                 ClientOptions.builder().sslContext(Trust.of(hub.caFile())).build(),
                 message -> IotHubMessageResult.COMPLETE)) {
            action.play(hub, store, client.device());
        }
    }

    public static void upload(String name, String content, Hub hub, DeviceClient uploader)
        throws Exception {
        var place = uploader.getFileUploadSasUri(new FileUploadSasUriRequest(name));
        equal(DEVICE + "/" + name, place.getBlobName());
        holds("the token begins a query", place.getSasToken().startsWith("?"));
        put(place.getBlobUri(), content, hub);
        uploader.completeFileUpload(
            new FileUploadCompletionNotification(place.getCorrelationId(), true));
    }

    private static JsonObject configuration(String storage) {
        var devices = new JsonArray();
        devices.add(Json.object("deviceId", DEVICE, "primaryKey", KEY, "secondaryKey", KEY));
        var configuration = new JsonObject();
        configuration.add("devices", devices);
        var blobStorage = Json.object("endpoint", "https://" + storage + "/account",
            "container", "uploads", "accountKey", STORAGE_KEY);
        blobStorage.addProperty("notifications", true);
        configuration.add("blobStorage", blobStorage);
        return configuration;
    }

    /** As the SDK for the storage does. */
    private static void put(URI where, String content, Hub hub) throws Exception {
        var request = HttpRequest.newBuilder(where).header("x-ms-blob-type", "BlockBlob")
            .PUT(BodyPublishers.ofString(content)).build();
        var answer = HttpClient.newBuilder().sslContext(Trust.of(hub.caFile())).build()
            .send(request, BodyHandlers.discarding());
        equal(201, answer.statusCode());
    }
}
