package support;

import com.microsoft.azure.sdk.iot.device.IotHubClientProtocol;
import java.util.Map;

/** One field of scenarios.json: a feature, for a device, a module or a back end, over a transport. */
public final class Cell {
    private static final Map<String, IotHubClientProtocol> PROTOCOLS = Map.of(
        "mqtt", IotHubClientProtocol.MQTT,
        "mqtt-ws", IotHubClientProtocol.MQTT_WS,
        "amqp", IotHubClientProtocol.AMQPS,
        "amqp-ws", IotHubClientProtocol.AMQPS_WS,
        "https", IotHubClientProtocol.HTTPS);

    public final String feature;
    public final String who;
    public final String transport;

    public Cell(String feature, String who, String transport) {
        this.feature = feature;
        this.who = who;
        this.transport = transport;
    }

    public boolean isOfModule() {
        return who.equals("module");
    }

    public boolean isOfBackEnd() {
        return who.equals("back end");
    }

    /** Null for a back end. */
    public IotHubClientProtocol protocol() {
        return PROTOCOLS.get(transport);
    }

    @Override
    public String toString() {
        return feature + ", " + who + " over " + transport;
    }
}
