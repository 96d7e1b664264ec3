package scenarios;

import static support.Expect.equal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import support.Json;
import support.Stage;

/** A module that finds its connection and its trust in the environment: a program of its own. */
public final class EdgeEnvironment {
    private static final int LIMIT_SECONDS = 30;

    private EdgeEnvironment() {}

    public static void send(Stage stage) throws Exception {
        var identity = stage.newIdentity().behindGateway(stage.hub.address());
        var builder = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp", System.getProperty("java.class.path"),
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
            "EdgeModule", stage.protocol().name(), "from the environment");
        builder.environment().put("EdgeHubConnectionString", identity.connectionString);
        builder.environment().put("EdgeModuleCACertificateFile", stage.hub.caFile().toString());
        equal("", outputOf(builder.redirectErrorStream(true).start()));

        var event = stage.management.events(identity, 1).get(0);
        equal("from the environment", Json.text(event, "body"));
    }

    /** With the exit code, unless it is 0. */
    private static String outputOf(Process program) throws Exception {
        try {
            if (!program.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                return "still runs after " + LIMIT_SECONDS + " s";
            }
            var text = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return program.exitValue() == 0 ? text : "exit code " + program.exitValue() + ": " + text;
        } finally {
            program.destroyForcibly();
        }
    }
}
