package support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Stands for the blob storage: keeps what is PUT, by path; the signature is the storage's business. */
public final class BlobStore implements AutoCloseable {
    private final Map<String, String> blobs = new ConcurrentHashMap<>();
    private final HttpsServer server;

    /** On port 443 of the address, with the hub's certificate, which has to name that too. */
    public BlobStore(String address, Hub hub) throws Exception {
        server = HttpsServer.create(new InetSocketAddress(address, 443), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(
            Trust.ofServer(hub.serverCertificate(), hub.serverKey())));
        server.createContext("/", this::keep);
        server.start();
    }

    public Map<String, String> blobs() {
        return blobs;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void keep(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean signed = exchange.getRequestURI().getRawQuery() != null;
        if (signed && exchange.getRequestMethod().equals("PUT")) {
            blobs.put(exchange.getRequestURI().getPath(), body);
        }
        exchange.sendResponseHeaders(signed ? 201 : 403, -1);
        exchange.close();
    }
}
