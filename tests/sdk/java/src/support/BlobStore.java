package support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Stands for the blob storage: over HTTPS for devices, which write whole blobs, over HTTP for the
 * hub's exports and imports, which write blocks and read ranges. Any signature is good, but needed.
 */
public final class BlobStore implements AutoCloseable {
    private static final String ACCOUNT = "/account/";
    private static final Pattern BLOCK = Pattern.compile("<Latest>([^<]+)</Latest>");

    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    private final Map<String, byte[]> blocks = new ConcurrentHashMap<>();
    private final HttpServer server;

    private BlobStore(HttpServer server) {
        this.server = server;
        server.createContext("/", this::serve);
        server.start();
    }

    /** On port 443 of the address, with the hub's certificate, which has to name that too. */
    public static BlobStore secure(String address, Hub hub) throws Exception {
        var server = HttpsServer.create(new InetSocketAddress(address, 443), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(
            Trust.ofServer(hub.serverCertificate(), hub.serverKey())));
        return new BlobStore(server);
    }

    /** On a free port of the address. */
    public static BlobStore plain(String address) throws IOException {
        return new BlobStore(HttpServer.create(new InetSocketAddress(address, 0), 0));
    }

    /** Of a container that a shared access signature opens. */
    public String containerUri(String container) {
        var place = server.getAddress();
        return "http://" + place.getAddress().getHostAddress() + ":" + place.getPort() + ACCOUNT
            + container + "?sv=2020-10-02&sp=rwdl&sig=any";
    }

    public void put(String container, String name, String text) {
        blobs.put(ACCOUNT + container + "/" + name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Null where there is no such blob. */
    public String text(String container, String name) {
        var blob = blobs.get(ACCOUNT + container + "/" + name);
        return blob == null ? null : new String(blob, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        var query = exchange.getRequestURI().getRawQuery();
        var path = exchange.getRequestURI().getPath();
        if (query == null || !("&" + query).contains("&sig=")) {
            answer(exchange, 403, new byte[0]);
        } else if (exchange.getRequestMethod().equals("PUT")) {
            keep(path, "&" + query, body);
            answer(exchange, 201, new byte[0]);
        } else if (exchange.getRequestMethod().equals("DELETE")) {
            answer(exchange, blobs.remove(path) == null ? 404 : 202, new byte[0]);
        } else if (exchange.getRequestMethod().equals("HEAD")) {
            answerSize(exchange, blobs.get(path));
        } else if (query.contains("comp=list")) {
            answer(exchange, 200, "<EnumerationResults/>".getBytes(StandardCharsets.UTF_8));
        } else if (blobs.containsKey(path)) {
            answerRange(exchange, blobs.get(path));
        } else {
            answer(exchange, 404, new byte[0]);
        }
    }

    private void keep(String path, String query, byte[] body) {
        if (query.contains("&comp=blocklist")) {
            var whole = new ByteArrayOutputStream();
            var names = BLOCK.matcher(new String(body, StandardCharsets.UTF_8));
            while (names.find()) {
                whole.writeBytes(blocks.remove(path + " " + names.group(1)));
            }
            blobs.put(path, whole.toByteArray());
        } else if (query.contains("&comp=block")) {
            blocks.put(path + " " + parameter(query, "blockid"), body);
        } else {
            blobs.put(path, body);
        }
    }

    private static String parameter(String query, String name) {
        var value = query.replaceFirst(".*&" + name + "=([^&]*).*", "$1");
        return URLDecoder.decode(value, StandardCharsets.UTF_8);
    }

    private static void answerSize(HttpExchange exchange, byte[] blob) throws IOException {
        if (blob != null) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(blob.length));
        }
        answer(exchange, blob == null ? 404 : 200, new byte[0]);
    }

    private static void answerRange(HttpExchange exchange, byte[] blob) throws IOException {
        var range = exchange.getRequestHeaders().getFirst("x-ms-range")
            .replace("bytes=", "").split("-");
        int first = Integer.parseInt(range[0]);
        int end = (int) Math.min(blob.length, Long.parseLong(range[1]) + 1);
        boolean empty = first >= end;
        exchange.getResponseHeaders().set("Content-Range",
            "bytes " + (empty ? "*" : first + "-" + (end - 1)) + "/" + blob.length);
        answer(exchange, empty ? 416 : 206,
            empty ? new byte[0] : Arrays.copyOfRange(blob, first, end));
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
