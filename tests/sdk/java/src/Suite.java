import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import scenarios.CloudToDevice;
import scenarios.Connections;
import scenarios.service.Admission;
import scenarios.service.MethodCalls;
import support.BackEnd;
import support.Cell;
import support.Hub;
import support.Loopback;
import support.Runner;
import support.Stage;
import support.Table;
import support.Trust;

/**
 * Runs the SDK against one hub: every cell of the tables in scenarios.json, then what stands beside
 * them. Arguments: the table, and where the result goes.
 */
public final class Suite {
    private static final int SKIPPED = 77;

    private Suite() {}

    public static void main(String[] arguments) throws Exception {
        var address = Loopback.unusedAddress();
        var folder = Files.createTempDirectory("iothub-java-");
        Loopback.name(address, Hub.NAME, folder.resolve("hosts"));
        if (!Loopback.mayListen(address, 443)) {
            delete(folder);
            System.out.println("port 443, which the Java SDK needs, may not be opened by this user");
            System.exit(SKIPPED);
        }
        var runner = new Runner();
        try (var hub = Hub.start(address, folder, configuration())) {
            Trust.byDefault(hub.caFile(), folder.resolve("trusted.p12"));
            var backEnd = new BackEnd(hub);
            for (var cell : new Table(Path.of(arguments[0])).cells()) {
                runner.play(cell, () -> Features.play(cell, new Stage(hub, backEnd, cell)));
            }
            runner.write(Path.of(arguments[1]));
            playMore(runner, hub, backEnd);
        } finally {
            delete(folder);
        }
        runner.summarise();
        System.exit(runner.allPassed() ? 0 : 1);
    }

    private static JsonObject configuration() {
        var configuration = new JsonObject();
        configuration.addProperty("acceptBearerTokens", true);
        return configuration;
    }

    private static void playMore(Runner runner, Hub hub, BackEnd backEnd) {
        runner.play("a back end with a wrong key is refused",
            () -> Admission.wrongKey(new Stage(hub, backEnd, new Cell("", "back end", "rest"))));
        runner.play("method of a module that does not answer",
            () -> MethodCalls.noAnswer(new Stage(hub, backEnd, new Cell("", "module", "mqtt"))));
        runner.play("a message abandoned over HTTPS comes again",
            () -> CloudToDevice.abandon(new Stage(hub, backEnd, new Cell("", "device", "https"))));
        for (var who : new String[] {"device", "module"}) {
            var stage = new Stage(hub, backEnd, new Cell("", who, "mqtt"));
            runner.play("what a " + who + " subscribed to outlasts a cut",
                () -> Connections.subscriptionsLast(stage));
            runner.play("method of a " + who + ", twenty calls at once",
                () -> MethodCalls.manyAtOnce(stage));
        }
    }

    private static void delete(Path folder) throws Exception {
        try (var files = Files.walk(folder)) {
            for (var file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        }
    }
}
