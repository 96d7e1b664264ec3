package support;

import com.microsoft.azure.sdk.iot.device.ClientOptions;
import com.microsoft.azure.sdk.iot.device.IotHubClientProtocol;
import com.microsoft.azure.sdk.iot.device.IotHubMessageResult;
import com.microsoft.azure.sdk.iot.device.IotHubStatusCode;
import com.microsoft.azure.sdk.iot.device.Message;
import com.microsoft.azure.sdk.iot.device.exceptions.IotHubClientException;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** What a scenario plays on: a hub, a back end, the management port, and its field of the table. */
public final class Stage {
    public final Hub hub;
    public final BackEnd backEnd;
    public final Management management;
    private final Cell cell;

    public Stage(Hub hub, BackEnd backEnd, Cell cell) {
        this.hub = hub;
        this.backEnd = backEnd;
        this.management = new Management(hub);
        this.cell = cell;
    }

    public boolean isForModule() {
        return cell.isOfModule();
    }

    public boolean keepsConnection() {
        return protocol() != IotHubClientProtocol.HTTPS;
    }

    /** Of devices and modules; those that a back end meets connect over MQTT. */
    public IotHubClientProtocol protocol() {
        return cell.isOfBackEnd() ? IotHubClientProtocol.MQTT : cell.protocol();
    }

    /** As the table names it. */
    public String transport() {
        return cell.transport;
    }

    /** An id that no other cell has. */
    public String id(String name) {
        return cell.feature + "-" + cell.transport + "-" + name;
    }

    /** A device or a module, as the table says, with keys of its own. */
    public Identity newIdentity() throws Exception {
        return cell.isOfModule() ? backEnd.newModule() : backEnd.newDevice();
    }

    public OpenClient open(Identity identity) throws Exception {
        return open(identity, message -> IotHubMessageResult.COMPLETE);
    }

    public OpenClient open(Identity identity, Function<Message, IotHubMessageResult> onMessage)
        throws Exception {
        return open(identity, protocol(), onMessage);
    }

    public OpenClient open(Identity identity, IotHubClientProtocol protocol,
        Function<Message, IotHubMessageResult> onMessage) throws Exception {
        return new OpenClient(identity, protocol, options(trust()), onMessage);
    }

    public OpenClient open(Identity identity, SSLContext certificate) throws Exception {
        return new OpenClient(identity, protocol(), options(certificate),
            message -> IotHubMessageResult.COMPLETE);
    }

    /** A client that says which model it is of. */
    public OpenClient openOfModel(Identity identity, String model) throws Exception {
        var options = ClientOptions.builder().sslContext(trust()).modelId(model).build();
        return new OpenClient(identity, protocol(), options,
            message -> IotHubMessageResult.COMPLETE);
    }

    private static ClientOptions options(SSLContext tls) {
        return ClientOptions.builder().sslContext(tls).build();
    }

    public SSLContext trust() throws Exception {
        return Trust.of(hub.caFile());
    }

    /** Connects and sends; fails unless the message arrives. */
    public void mayConnectAndSend(Identity identity) throws Exception {
        mayConnectAndSend(identity, trust());
    }

    public void mayConnectAndSend(Identity identity, SSLContext tls) throws Exception {
        try (var client = open(identity, tls)) {
            sendAndSee(client, identity);
        }
    }

    /** Sends a message of which there is no other; fails unless it arrives. */
    public void sendAndSee(OpenClient client, Identity identity) throws Exception {
        var text = "sent at " + System.nanoTime();
        client.sdk().sendEvent(new Message(text));
        Wait.until("the message arrives", () -> management.events(identity).stream()
            .anyMatch(event -> text.equals(event.get("body").getAsString())));
    }

    /** Fails unless the SDK is told that the identity may not connect, or not send. */
    public void isUnauthorized(Identity identity) throws Exception {
        isUnauthorized(identity, trust());
    }

    public void isUnauthorized(Identity identity, SSLContext tls) throws Exception {
        try (var client = open(identity, tls)) {
            if (keepsConnection()) {
                Wait.until("the SDK is told that it is unauthorized", client::isRefused);
            } else {
                client.sdk().sendEvent(new Message("refused"));
                throw new AssertionError("it may send");
            }
        } catch (IotHubClientException refusal) {
            Expect.equal(IotHubStatusCode.UNAUTHORIZED, refusal.getStatusCode());
        }
    }
}
