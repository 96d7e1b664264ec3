package scenarios.service;

import static support.Expect.equal;
import static support.Expect.holds;
import static support.Wait.untilIs;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.azure.sdk.iot.service.registry.RegistryJob;
import com.microsoft.azure.sdk.iot.service.registry.RegistryJob.JobStatus;
import java.util.List;
import java.util.stream.Collectors;
import support.BackEnd;
import support.BlobStore;
import support.Json;
import support.Stage;

/** Devices that go to a blob container, or come from one. */
public final class Transfers {
    private static final String LINES = "devices.txt";

    private Transfers() {}

    public static void exportDevices(Stage stage) throws Exception {
        var id = stage.id("d");
        stage.backEnd.newDevice(id);
        var key = stage.backEnd.registry.getDevice(id).getPrimaryKey();
        try (var store = BlobStore.plain(stage.hub.address())) {
            equal(key, exportedKey(stage.backEnd, store, id, false));
            equal(null, exportedKey(stage.backEnd, store, id, true));
        }
    }

    private static String exportedKey(BackEnd backEnd, BlobStore store, String id,
        boolean withoutKeys) throws Exception {
        transferred(backEnd,
            backEnd.registry.exportDevices(store.containerUri("export"), withoutKeys));
        var lines = linesOf(store, "export", LINES);
        lines.removeIf(line -> !id.equals(Json.text(line, "id")));
        equal(1, lines.size());
        var keys = lines.get(0).getAsJsonObject("authentication").getAsJsonObject("symmetricKey");
        return Json.text(keys, "primaryKey");
    }

    public static void importDevices(Stage stage) throws Exception {
        var registry = stage.backEnd.registry;
        stage.backEnd.newDevice(stage.id("old"));
        try (var store = BlobStore.plain(stage.hub.address())) {
            store.put("import", LINES, line(stage.id("new")) + "\n" + line(stage.id("old")) + "\n");
            var container = store.containerUri("import");
            transferred(stage.backEnd, registry.importDevices(container, container));
            equal(stage.id("new"), registry.getDevice(stage.id("new")).getDeviceId());
            var errors = linesOf(store, "import", "importErrors.log");
            equal(1, errors.size());
            equal(stage.id("old"), Json.text(errors.get(0), "deviceId"));
            equal("409001", Json.text(errors.get(0), "errorCode"));
        }
    }

    private static JsonObject line(String id) {
        return Json.object("id", id, "importMode", "create", "status", "enabled");
    }

    private static void transferred(BackEnd backEnd, RegistryJob started) throws Exception {
        var end = untilIs("the transfer is completed",
            () -> backEnd.registry.getJob(started.getJobId()), job -> {
                holds("the transfer succeeds: " + job.getFailureReason(),
                    job.getStatus() != JobStatus.FAILED);
                return job.getStatus() == JobStatus.COMPLETED;
            });
        equal(100, end.getProgress());
    }

    private static List<JsonObject> linesOf(BlobStore store, String container, String name) {
        return store.text(container, name).lines().filter(line -> line.startsWith("{"))
            .map(line -> JsonParser.parseString(line).getAsJsonObject())
            .collect(Collectors.toList());
    }
}
