package support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A free port of an address that leads to another port of it; what passes is not read. */
public final class Door implements AutoCloseable {
    private final ServerSocket server = new ServerSocket();
    private final InetSocketAddress place;

    public Door(String address, int port) throws IOException {
        place = new InetSocketAddress(InetAddress.getByName(address), port);
        server.bind(new InetSocketAddress(place.getAddress(), 0));
        inBackground(this::admit);
    }

    public int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void admit() throws IOException {
        for (;;) {
            var near = server.accept();
            var far = new Socket(place.getAddress(), place.getPort());
            inBackground(() -> pass(near, far));
            inBackground(() -> pass(far, near));
        }
    }

    private static void pass(Socket from, Socket to) throws IOException {
        try (from; to) {
            from.getInputStream().transferTo(to.getOutputStream());
        }
    }

    /** A thread that ends with the first thing that goes wrong. */
    private static void inBackground(Expect.Step step) {
        var thread = new Thread(() -> {
            try {
                step.run();
            } catch (Exception closed) {
                // Nobody passes any more.
            }
        }, "door");
        thread.setDaemon(true);
        thread.start();
    }
}
