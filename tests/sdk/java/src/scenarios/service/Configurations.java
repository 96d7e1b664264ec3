package scenarios.service;

import static support.Expect.equal;
import static support.Expect.holds;
import static support.Expect.refused;
import static support.Wait.until;

import com.microsoft.azure.sdk.iot.service.configurations.Configuration;
import com.microsoft.azure.sdk.iot.service.configurations.ConfigurationContent;
import com.microsoft.azure.sdk.iot.service.configurations.ConfigurationMetrics;
import com.microsoft.azure.sdk.iot.service.exceptions.IotHubBadFormatException;
import com.microsoft.azure.sdk.iot.service.exceptions.IotHubConflictException;
import com.microsoft.azure.sdk.iot.service.exceptions.IotHubNotFoundException;
import com.microsoft.azure.sdk.iot.service.exceptions.IotHubPreconditionFailedException;
import java.util.HashMap;
import java.util.Map;
import support.BackEnd;
import support.Stage;

/** The service's ConfigurationsClient: replaces whatever there is, heeds etags where it deletes. */
public final class Configurations {
    private static final int MOST = 20;

    private Configurations() {}

    public static void one(Stage stage) throws Exception {
        var client = stage.backEnd.configurations;
        var wanted = ofDevices(stage.id("1"), "tags.none = 1");
        wanted.setLabels(new HashMap<>(Map.of("l", "x")));
        client.create(wanted);
        refused(IotHubConflictException.class, () -> client.create(wanted));
        var made = client.get(wanted.getId());
        equal(Map.of("l", "x"), made.getLabels());
        equal(0, made.getPriority());
        holds("it is listed",
            client.get(MOST).stream().anyMatch(one -> one.getId().equals(made.getId())));

        var stale = client.get(made.getId());
        made.setPriority(7);
        equal(7, client.replace(made).getPriority());
        refused(IotHubPreconditionFailedException.class, () -> client.delete(stale));
        client.delete(client.get(made.getId()));
        refused(IotHubNotFoundException.class, () -> client.get(made.getId()));
    }

    private static Configuration ofDevices(String id, String targetCondition) {
        var content = new ConfigurationContent();
        content.setDeviceContent(Map.of("properties.desired.interval", "often"));
        var configuration = new Configuration(id);
        configuration.setTargetCondition(targetCondition);
        configuration.setContent(content);
        configuration.setPriority(0);
        return configuration;
    }

    public static void applies(Stage stage) throws Exception {
        var device = stage.backEnd.newDevice(stage.id("d"));
        var other = stage.backEnd.newDevice(stage.id("other"));
        var tagged = BackEnd.twinToSend(device);
        tagged.getTags().put("applies", true);
        stage.backEnd.twins.patch(tagged);

        var id = stage.id("1");
        var client = stage.backEnd.configurations;
        client.create(counting(ofDevices(id, "tags.applies = true")));
        until("the configuration is applied", () -> "often".equals(
            stage.backEnd.twin(device).getDesiredProperties().get("interval")));
        until("it counts the device", () -> Map.of("targetedCount", 1L, "appliedCount", 1L)
            .equals(client.get(id).getSystemMetrics().getResults()));
        equal(Map.of("done", 1L), client.get(id).getMetrics().getResults());
        equal(null, stage.backEnd.twin(other).getDesiredProperties().get("interval"));
        client.delete(id);
    }

    private static Configuration counting(Configuration configuration) {
        var metrics = new ConfigurationMetrics();
        metrics.setQueries(Map.of("done", "SELECT deviceId FROM devices WHERE configurations.[["
            + configuration.getId() + "]].status = 'Applied'"));
        configuration.setMetrics(metrics);
        return configuration;
    }

    public static void applyContent(Stage stage) throws Exception {
        var client = stage.backEnd.configurations;
        var edge = Identities.edgeDevice(stage.backEnd.registry, stage.id("edge")).getDeviceId();
        var content = new ConfigurationContent();
        content.setModulesContent(Map.of(
            "$edgeAgent", desired(Map.of("schemaVersion", "1.1", "modules", Map.of())),
            "$edgeHub", desired(Map.of("routes", Map.of("up", "FROM /* INTO $upstream")))));
        client.applyConfigurationContentOnDevice(edge, content);
        equal("1.1", stage.backEnd.twins.get(edge, "$edgeAgent").getDesiredProperties()
            .get("schemaVersion"));

        var leaf = stage.backEnd.newDevice(stage.id("leaf")).deviceId;
        refused(IotHubBadFormatException.class,
            () -> client.applyConfigurationContentOnDevice(leaf, content));
    }

    private static Map<String, Object> desired(Map<String, Object> properties) {
        return Map.of("properties.desired", properties);
    }
}
