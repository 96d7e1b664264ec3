package support;

import com.microsoft.azure.sdk.iot.service.auth.AuthenticationType;
import com.microsoft.azure.sdk.iot.service.auth.SymmetricKey;
import com.microsoft.azure.sdk.iot.service.configurations.ConfigurationsClient;
import com.microsoft.azure.sdk.iot.service.digitaltwin.DigitalTwinClient;
import com.microsoft.azure.sdk.iot.service.jobs.ScheduledJobsClient;
import com.microsoft.azure.sdk.iot.service.methods.DirectMethodRequestOptions;
import com.microsoft.azure.sdk.iot.service.methods.DirectMethodResponse;
import com.microsoft.azure.sdk.iot.service.methods.DirectMethodsClient;
import com.microsoft.azure.sdk.iot.service.query.QueryClient;
import com.microsoft.azure.sdk.iot.service.registry.Device;
import com.microsoft.azure.sdk.iot.service.registry.Module;
import com.microsoft.azure.sdk.iot.service.registry.RegistryClient;
import com.microsoft.azure.sdk.iot.service.twin.Twin;
import com.microsoft.azure.sdk.iot.service.twin.TwinClient;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A back end: the SDK's service clients, and short ways to the calls that most scenarios need. */
public final class BackEnd {
    private static final int RESPONSE_SECONDS = 15;

    public final RegistryClient registry;
    public final TwinClient twins;
    public final DirectMethodsClient methods;
    public final QueryClient queries;
    public final ScheduledJobsClient jobs;
    public final ConfigurationsClient configurations;
    public final DigitalTwinClient digitalTwins;
    private final String host;
    private final AtomicInteger made = new AtomicInteger();

    public BackEnd(Hub hub) {
        host = hub.address();
        registry = new RegistryClient(hub.connectionString());
        twins = new TwinClient(hub.connectionString());
        methods = new DirectMethodsClient(hub.connectionString());
        queries = new QueryClient(hub.connectionString());
        jobs = new ScheduledJobsClient(hub.connectionString());
        configurations = new ConfigurationsClient(hub.connectionString());
        digitalTwins = new DigitalTwinClient(hub.connectionString());
    }

    /** An id that no other scenario has. */
    public String unusedDeviceId() {
        return "device-" + made.incrementAndGet();
    }

    public Identity newDevice() throws Exception {
        return newDevice(unusedDeviceId());
    }

    public Identity newDevice(String deviceId) throws Exception {
        var device = registry.addDevice(new Device(deviceId));
        return Identity.device(host, device.getDeviceId(), device.getPrimaryKey());
    }

    public Identity newModule() throws Exception {
        return newModule(newDevice(), "sensor");
    }

    public Identity newModule(Identity device, String moduleId) throws Exception {
        var module = registry.addModule(new Module(device.deviceId, moduleId));
        return Identity.module(host, device.deviceId, moduleId, module.getPrimaryKey());
    }

    /** A device that presents a certificate with this thumbprint. */
    public Identity newSelfSignedDevice(String deviceId, String thumbprint) throws Exception {
        var device = new Device(deviceId, AuthenticationType.SELF_SIGNED);
        device.setThumbprint(thumbprint, thumbprint);
        registry.addDevice(device);
        return Identity.deviceWithCertificate(host, deviceId);
    }

    /** A device that presents a certificate of an authority which the hub knows. */
    public Identity newCertifiedDevice(String deviceId) throws Exception {
        registry.addDevice(new Device(deviceId, AuthenticationType.CERTIFICATE_AUTHORITY));
        return Identity.deviceWithCertificate(host, deviceId);
    }

    /** Gives the identity two new keys, as the service does; answers it with the first of them. */
    public Identity rotateKeys(Identity identity) throws Exception {
        var keys = new SymmetricKey();
        if (identity.isModule()) {
            var module = registry.getModule(identity.deviceId, identity.moduleId);
            module.setSymmetricKey(keys);
            registry.updateModule(module);
            return Identity.module(host, identity.deviceId, identity.moduleId, keys.getPrimaryKey());
        }
        var device = registry.getDevice(identity.deviceId);
        device.setSymmetricKey(keys);
        registry.updateDevice(device);
        return Identity.device(host, identity.deviceId, keys.getPrimaryKey());
    }

    public boolean seesConnected(Identity identity) throws Exception {
        var state = identity.isModule()
            ? registry.getModule(identity.deviceId, identity.moduleId).getConnectionState()
            : registry.getDevice(identity.deviceId).getConnectionState();
        return state.toString().equalsIgnoreCase("connected");
    }

    public Twin twin(Identity identity) throws Exception {
        return identity.isModule() ? twins.get(identity.deviceId, identity.moduleId)
            : twins.get(identity.deviceId);
    }

    /** Changes desired properties; the others stay as they are. */
    public void desire(Identity identity, Map<String, Object> properties) throws Exception {
        var patch = twinToSend(identity);
        patch.getDesiredProperties().putAll(properties);
        twins.patch(patch);
    }

    public static Twin twinToSend(Identity identity) {
        return identity.isModule() ? new Twin(identity.deviceId, identity.moduleId)
            : new Twin(identity.deviceId);
    }

    public DirectMethodResponse invoke(Identity identity, String method, Object payload)
        throws Exception {
        return invoke(identity, method, payload, RESPONSE_SECONDS);
    }

    /** The SDK itself waits as long as it takes, but the hub not longer than this. */
    public DirectMethodResponse invoke(Identity identity, String method, Object payload, int seconds)
        throws Exception {
        var options = DirectMethodRequestOptions.builder().payload(payload)
            .methodConnectTimeoutSeconds(0).methodResponseTimeoutSeconds(seconds).build();
        return identity.isModule()
            ? methods.invoke(identity.deviceId, identity.moduleId, method, options)
            : methods.invoke(identity.deviceId, method, options);
    }
}
