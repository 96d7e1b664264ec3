package support;

import com.microsoft.azure.sdk.iot.device.ClientOptions;
import com.microsoft.azure.sdk.iot.device.DeviceClient;
import com.microsoft.azure.sdk.iot.device.InternalClient;
import com.microsoft.azure.sdk.iot.device.IotHubClientProtocol;
import com.microsoft.azure.sdk.iot.device.IotHubConnectionStatusChangeReason;
import com.microsoft.azure.sdk.iot.device.IotHubMessageResult;
import com.microsoft.azure.sdk.iot.device.IotHubStatusCode;
import com.microsoft.azure.sdk.iot.device.Message;
import com.microsoft.azure.sdk.iot.device.ModuleClient;
import com.microsoft.azure.sdk.iot.device.exceptions.IotHubClientException;
import com.microsoft.azure.sdk.iot.device.transport.IotHubConnectionStatus;
import com.microsoft.azure.sdk.iot.device.twin.Twin;
import com.microsoft.azure.sdk.iot.device.twin.TwinCollection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A client of the SDK, device or module, that is open; closing it closes that. */
public final class OpenClient implements AutoCloseable {
    private static final int ANSWER_MILLISECONDS = 3_000;
    private static final int MOST_LOST = 10;
    private static final int MOST_ATTEMPTS = 3;
    private static final AtomicInteger LOST = new AtomicInteger();

    private final InternalClient client;
    private final List<IotHubConnectionStatus> states = new CopyOnWriteArrayList<>();
    private volatile IotHubConnectionStatusChangeReason reason;

    /** Throws what the SDK throws when the hub refuses the identity. */
    public OpenClient(Identity identity, IotHubClientProtocol protocol, ClientOptions options,
        Function<Message, IotHubMessageResult> onMessage) throws Exception {
        if (identity.isModule()) {
            var module = new ModuleClient(identity.connectionString, protocol, options);
            module.setMessageCallback((message, context) -> onMessage.apply(message), null);
            client = module;
        } else {
            var device = new DeviceClient(identity.connectionString, protocol, options);
            device.setMessageCallback((message, context) -> onMessage.apply(message), null);
            client = device;
        }
        client.setConnectionStatusChangeCallback(change -> {
            states.add(change.getNewStatus());
            reason = change.getNewStatusReason();
        }, null);
        client.open(false);
    }

    public InternalClient sdk() {
        return client;
    }

    public DeviceClient device() {
        return (DeviceClient) client;
    }

    public ModuleClient module() {
        return (ModuleClient) client;
    }

    public Twin twin() throws Exception {
        return askedAgain(() -> client.getTwin(ANSWER_MILLISECONDS));
    }

    /** Answers the version of the reported properties after that. */
    public int report(TwinCollection patch) throws Exception {
        return askedAgain(
            () -> client.updateReportedProperties(patch, ANSWER_MILLISECONDS).getVersion());
    }

    public boolean isConnected() {
        return !states.isEmpty() && states.get(states.size() - 1) == IotHubConnectionStatus.CONNECTED;
    }

    /** Whether the SDK was told so, after it was open: over AMQP certificates are heeded that late. */
    public boolean isRefused() {
        return reason == IotHubConnectionStatusChangeReason.BAD_CREDENTIAL;
    }

    /** What the SDK told of its connection since it was opened. */
    public List<IotHubConnectionStatus> states() {
        return states;
    }

    @Override
    public void close() {
        client.close();
    }

    /**
     * About one answer in a hundred to a twin request, more over AMQP or with a single processor, comes
     * to the SDK and not to its caller: the thread that receives wakes another, which may forget whose
     * answer it is before the first looks that up (IotHubTransport.onMessageReceived of 2.5.0). A hub
     * that does not answer is not to hide behind that: a request is made three times at most, and the
     * lost answers of a run are counted.
     */
    private static <T> T askedAgain(Callable<T> request) throws Exception {
        for (int attempt = 1;; ++attempt) {
            try {
                return request.call();
            } catch (IotHubClientException failure) {
                if (failure.getStatusCode() != IotHubStatusCode.DEVICE_OPERATION_TIMED_OUT
                    || attempt == MOST_ATTEMPTS || LOST.incrementAndGet() > MOST_LOST) {
                    throw failure;
                }
                System.out.println("         the SDK lost an answer, and is asked again");
            }
        }
    }
}
