package support;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The hub as a user runs it: the program, on a loopback address of its own with Azure's ports. */
public final class Hub implements AutoCloseable {
    /** What else it may be called; see Loopback.name. */
    public static final String NAME = "hub.example";

    private final Path folder;
    private final Process process;
    private final JsonObject ready;

    private Hub(Path folder, Process process) throws Exception {
        this.folder = folder;
        this.process = process;
        Wait.until("the hub is ready", () -> Files.exists(readyFile(folder)) || !process.isAlive());
        if (!process.isAlive()) {
            throw new IOException("the hub ended (" + process.exitValue() + "):\n" + log());
        }
        ready = JsonParser.parseString(Files.readString(readyFile(folder))).getAsJsonObject();
    }

    /** Keeps its data in the folder; has a --config file, and any further options. */
    public static Hub start(String address, Path folder, JsonObject configuration,
        String... options) throws Exception {
        var file = Files.writeString(
            folder.resolve("configuration.json"), configuration.toString());
        var command = new ArrayList<>(List.of(program(), "run", "--host", address,
            "--hostname", address, "--hostname", NAME, "--config", file.toString(),
            "--data-dir", folder.toString(), "--ready-file", readyFile(folder).toString()));
        command.addAll(List.of(options));
        var process = new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.appendTo(logFile(folder).toFile()))
            .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new Hub(folder, process);
    }

    public String address() {
        return ready.get("host").getAsString();
    }

    /** Of a policy that may do everything. */
    public String connectionString() {
        return ready.get("connectionString").getAsString();
    }

    public String managementUrl() {
        int port = ready.getAsJsonObject("ports").get("management").getAsInt();
        return "http://" + address() + ":" + port;
    }

    public Path caFile() {
        return folder.resolve("ca.pem");
    }

    public Path serverCertificate() {
        return folder.resolve("server.pem");
    }

    public Path serverKey() {
        return folder.resolve("server.key");
    }

    public Path folder() {
        return folder;
    }

    public String log() throws IOException {
        return Files.readString(logFile(folder));
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the hub did not stop within 10 s");
        }
    }

    private static String program() {
        var named = System.getenv("IOTHUB_EMULATOR_BIN");
        return named != null ? named : "../../../build/release/bin/iothub-emulator";
    }

    private static Path readyFile(Path folder) {
        return folder.resolve("ready.json");
    }

    private static Path logFile(Path folder) {
        return folder.resolve("hub.log");
    }
}
