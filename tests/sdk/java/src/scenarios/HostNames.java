package scenarios;

import support.Door;
import support.Hub;
import support.Stage;

/**
 * What a connection string may call the hub. The name comes up in the certificate, the user name, the
 * token and the Host header.
 */
public final class HostNames {
    private static final int HTTPS_PORT = 443;

    private HostNames() {}

    public static void dottedGateway(Stage stage) throws Exception {
        stage.mayConnectAndSend(
            stage.newIdentity().of(Hub.NAME).behindGateway(stage.hub.address()));
    }

    /** Of WebSockets and HTTPS. An address with a port is no URI, as the SDK wants one, but a name is. */
    public static void withPort(Stage stage) throws Exception {
        try (var door = new Door(stage.hub.address(), HTTPS_PORT)) {
            stage.mayConnectAndSend(stage.newIdentity().of(Hub.NAME + ":" + door.port()));
        }
    }
}
