package scenarios;

import static support.Expect.equal;
import static support.Expect.refused;

import com.microsoft.azure.sdk.iot.service.auth.SymmetricKey;
import com.microsoft.azure.sdk.iot.service.exceptions.IotHubConflictException;
import com.microsoft.azure.sdk.iot.service.exceptions.IotHubNotFoundException;
import com.microsoft.azure.sdk.iot.service.exceptions.IotHubPreconditionFailedException;
import com.microsoft.azure.sdk.iot.service.exceptions.IotHubUnauthorizedException;
import com.microsoft.azure.sdk.iot.service.registry.Device;
import com.microsoft.azure.sdk.iot.service.registry.DeviceStatus;
import com.microsoft.azure.sdk.iot.service.registry.Module;
import com.microsoft.azure.sdk.iot.service.registry.RegistryClient;
import java.util.Set;
import java.util.stream.Collectors;
import support.BackEnd;
import support.Hub;

/** The service's RegistryClient. */
public final class Registry {
    private Registry() {}

    public static void devices(BackEnd backEnd) throws Exception {
        var registry = backEnd.registry;
        var id = backEnd.unusedDeviceId();
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

    public static void modules(BackEnd backEnd) throws Exception {
        var registry = backEnd.registry;
        var id = backEnd.newDevice().deviceId;
        var first = registry.addModule(new Module(id, "first"));
        registry.addModule(new Module(id, "second"));
        equal(first.getPrimaryKey(), registry.getModule(id, "first").getPrimaryKey());
        refused(IotHubConflictException.class, () -> registry.addModule(new Module(id, "first")));
        equal(Set.of("first", "second"), registry.getModulesOnDevice(id).stream()
            .map(Module::getId).collect(Collectors.toSet()));

        first.setSymmetricKey(new SymmetricKey());
        registry.updateModule(first);
        equal(first.getSecondaryKey(), registry.getModule(id, "first").getSecondaryKey());

        registry.removeModule(id, "first");
        refused(IotHubNotFoundException.class, () -> registry.getModule(id, "first"));
        registry.removeDevice(id);
        refused(IotHubNotFoundException.class, () -> registry.getModule(id, "second"));
    }

    public static void wrongKey(Hub hub) throws Exception {
        var wrong = "Key=d3Jvbmcga2V5IG9mIGEgcG9saWN5IGluIGEgdGVzdA==";
        var intruder = new RegistryClient(hub.connectionString().replaceAll("Key=[^;]*$", wrong));
        refused(IotHubUnauthorizedException.class, () -> intruder.getDevice("any"));
    }
}
