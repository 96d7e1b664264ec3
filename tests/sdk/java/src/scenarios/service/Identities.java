package scenarios.service;

import static support.Expect.equal;
import static support.Expect.holds;
import static support.Expect.refused;

import com.microsoft.azure.sdk.iot.service.auth.SymmetricKey;
import com.microsoft.azure.sdk.iot.service.exceptions.IotHubConflictException;
import com.microsoft.azure.sdk.iot.service.exceptions.IotHubNotFoundException;
import com.microsoft.azure.sdk.iot.service.exceptions.IotHubPreconditionFailedException;
import com.microsoft.azure.sdk.iot.service.registry.Device;
import com.microsoft.azure.sdk.iot.service.registry.DeviceStatus;
import com.microsoft.azure.sdk.iot.service.registry.Module;
import com.microsoft.azure.sdk.iot.service.registry.RegistryClient;
import com.microsoft.azure.sdk.iot.service.twin.DeviceCapabilities;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import support.Stage;

/** The service's RegistryClient: overwrites whatever there is, and heeds etags where it removes. */
public final class Identities {
    private Identities() {}

    public static void one(Stage stage) throws Exception {
        devices(stage.backEnd.registry, stage.id("d"));
        modules(stage.backEnd.registry, stage.id("of-modules"));
    }

    private static void devices(RegistryClient registry, String id) throws Exception {
        var made = registry.addDevice(new Device(id));
        equal(made.getPrimaryKey(), registry.getDevice(id).getPrimaryKey());
        refused(IotHubConflictException.class, () -> registry.addDevice(new Device(id)));

        made.setStatus(DeviceStatus.Disabled);
        registry.updateDevice(made);
        equal(DeviceStatus.Disabled, registry.getDevice(id).getStatus());

        refused(IotHubPreconditionFailedException.class, () -> registry.removeDevice(made));
        registry.removeDevice(registry.getDevice(id));
        refused(IotHubNotFoundException.class, () -> registry.getDevice(id));
    }

    private static void modules(RegistryClient registry, String id) throws Exception {
        registry.addDevice(new Device(id));
        var first = registry.addModule(new Module(id, "first"));
        registry.addModule(new Module(id, "second"));
        equal(first.getPrimaryKey(), registry.getModule(id, "first").getPrimaryKey());
        refused(IotHubConflictException.class, () -> registry.addModule(new Module(id, "first")));
        equal(Set.of("first", "second"), namesOfModules(registry, id));

        first.setSymmetricKey(new SymmetricKey());
        registry.updateModule(first);
        equal(first.getSecondaryKey(), registry.getModule(id, "first").getSecondaryKey());

        refused(IotHubPreconditionFailedException.class, () -> registry.removeModule(first));
        registry.removeModule(registry.getModule(id, "first"));
        refused(IotHubNotFoundException.class, () -> registry.getModule(id, "first"));
        registry.removeDevice(id);
        refused(IotHubNotFoundException.class, () -> registry.getModule(id, "second"));
    }

    private static Set<String> namesOfModules(RegistryClient registry, String id)
        throws Exception {
        return registry.getModulesOnDevice(id).stream()
            .map(Module::getId).collect(Collectors.toSet());
    }

    /** The SDK looks for the enabled ones under another name than the service's, and finds none. */
    public static void statistics(Stage stage) throws Exception {
        var registry = stage.backEnd.registry;
        var before = registry.getStatistics();
        registry.addDevice(new Device(stage.id("a")));
        var disabled = new Device(stage.id("b"));
        disabled.setStatus(DeviceStatus.Disabled);
        registry.addDevice(disabled);

        var now = registry.getStatistics();
        equal(2L, now.getTotalDeviceCount() - before.getTotalDeviceCount());
        equal(1L, now.getDisabledDeviceCount() - before.getDisabledDeviceCount());
    }

    public static Device edgeDevice(RegistryClient registry, String id) throws Exception {
        var device = new Device(id);
        var capabilities = new DeviceCapabilities();
        capabilities.setIotEdge(true);
        device.setCapabilities(capabilities);
        return registry.addDevice(device);
    }

    public static void edge(Stage stage) throws Exception {
        var registry = stage.backEnd.registry;
        var parent = edgeDevice(registry, stage.id("edge"));
        equal(true, parent.getCapabilities().isIotEdge());
        equal(Set.of("$edgeAgent", "$edgeHub"), namesOfModules(registry, parent.getDeviceId()));

        var leaf = new Device(stage.id("leaf"));
        leaf.setScope(parent.getScope());
        var child = registry.addDevice(leaf);
        equal(parent.getScope(), child.getScope());
        equal(List.of(parent.getScope()), child.getParentScopes());

        child.setScope("");
        registry.updateDevice(child);
        var scope = registry.getDevice(child.getDeviceId()).getScope();
        holds("it has no parent, not " + scope, scope == null || scope.isEmpty());
    }
}
