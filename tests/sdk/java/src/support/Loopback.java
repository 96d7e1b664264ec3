package support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/** Loopback addresses: the SDK knows ports 443 and 8883 only, which are free where nobody is. */
public final class Loopback {
    private Loopback() {}

    public static String unusedAddress() {
        var random = ThreadLocalRandom.current();
        return "127." + random.nextInt(1, 251) + "." + random.nextInt(1, 251) + "."
            + random.nextInt(1, 251);
    }

    /**
     * Has this process look for names in that file only, where it finds one. To be called before the
     * first address is made.
     */
    public static void name(String address, String name, Path hosts) throws IOException {
        Files.writeString(hosts, address + " " + name + "\n127.0.0.1 localhost\n");
        System.setProperty("jdk.net.hosts.file", hosts.toString());
    }

    public static boolean mayListen(String address, int port) {
        try (var server = new ServerSocket()) {
            server.bind(new InetSocketAddress(InetAddress.getByName(address), port));
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
