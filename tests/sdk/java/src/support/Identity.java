package support;

import static java.net.URLEncoder.encode;
import static java.nio.charset.StandardCharsets.UTF_8;

/** A device, or a module of one, and what its program is given to connect with. */
public final class Identity {
    public final String deviceId;
    public final String moduleId;
    public final String connectionString;

    private Identity(String deviceId, String moduleId, String connectionString) {
        this.deviceId = deviceId;
        this.moduleId = moduleId;
        this.connectionString = connectionString;
    }

    public static Identity device(String host, String deviceId, String key) {
        return new Identity(deviceId, null,
            "HostName=" + host + ";DeviceId=" + deviceId + ";SharedAccessKey=" + key);
    }

    public static Identity deviceWithCertificate(String host, String deviceId) {
        return new Identity(deviceId, null,
            "HostName=" + host + ";DeviceId=" + deviceId + ";x509=true");
    }

    public static Identity module(String host, String deviceId, String moduleId, String key) {
        return new Identity(deviceId, moduleId, "HostName=" + host + ";DeviceId=" + deviceId
            + ";ModuleId=" + moduleId + ";SharedAccessKey=" + key);
    }

    /** The same, with another name for the hub. */
    public Identity of(String hostName) {
        return new Identity(deviceId, moduleId,
            connectionString.replaceFirst("HostName=[^;]*", "HostName=" + hostName));
    }

    /** The same, connecting to a gateway of that name. */
    public Identity behindGateway(String name) {
        return new Identity(deviceId, moduleId, connectionString + ";GatewayHostName=" + name);
    }

    public boolean isModule() {
        return moduleId != null;
    }

    /** As the management port wants it named. */
    String query() {
        return "device=" + encode(deviceId, UTF_8)
            + (isModule() ? "&module=" + encode(moduleId, UTF_8) : "");
    }
}
