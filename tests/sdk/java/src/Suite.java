import static java.util.Map.entry;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import scenarios.Access;
import scenarios.Certificates;
import scenarios.CloudToDevice;
import scenarios.Connections;
import scenarios.EdgeEnvironment;
import scenarios.FileUpload;
import scenarios.HostNames;
import scenarios.Methods;
import scenarios.ModuleInvoke;
import scenarios.Registry;
import scenarios.ServiceMethods;
import scenarios.ServiceTwins;
import scenarios.Telemetry;
import scenarios.Twins;
import support.BackEnd;
import support.Cell;
import support.Hub;
import support.Loopback;
import support.Runner;
import support.Stage;
import support.Table;
import support.Trust;

/**
 * Runs the SDK against one hub: every cell of the table in scenarios.json, then what stands beside it,
 * of the service clients above all. Arguments: the table, and where the result goes.
 */
public final class Suite {
    private static final int SKIPPED = 77;

    /** A scenario makes identities of its own. */
    private interface Scenario {
        void play(Stage stage) throws Exception;
    }

    private static final Map<String, Scenario> FEATURES = Map.ofEntries(
        entry("connect", Connections::connect),
        entry("twin-get", Twins::get),
        entry("desired-callback", Twins::desiredCallback),
        entry("reported-patch", Twins::reportedPatch),
        entry("telemetry", Telemetry::one),
        entry("telemetry-batch", Telemetry::batch),
        entry("method", Methods::method),
        entry("c2d", CloudToDevice::receive),
        entry("c2d-reject", CloudToDevice::reject),
        entry("input", CloudToDevice::input),
        entry("reconnect", Connections::reconnect),
        entry("key-rotation", Access::keyRotation),
        entry("disable", Access::disable),
        entry("x509-self-signed", Certificates::selfSigned),
        entry("x509-ca", Certificates::ofAuthority),
        entry("edge-environment", EdgeEnvironment::send),
        entry("module-invoke", ModuleInvoke::invoke),
        entry("host-dotted-gateway", HostNames::dottedGateway),
        entry("host-port", HostNames::withPort),
        entry("file-upload", FileUpload::upload));

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
        try (var hub = Hub.start(address, folder)) {
            Trust.byDefault(hub.caFile(), folder.resolve("trusted.p12"));
            var backEnd = new BackEnd(hub);
            for (var cell : new Table(Path.of(arguments[0])).cells()) {
                runner.play(cell, () -> played(cell, new Stage(hub, backEnd, cell)));
            }
            runner.write(Path.of(arguments[1]));
            playMore(runner, hub, backEnd);
        } finally {
            delete(folder);
        }
        runner.summarise();
        System.exit(runner.allPassed() ? 0 : 1);
    }

    private static void played(Cell cell, Stage stage) throws Exception {
        var scenario = FEATURES.get(cell.feature);
        if (scenario == null) {
            throw new AssertionError("there is no scenario for it");
        }
        scenario.play(stage);
    }

    private static void playMore(Runner runner, Hub hub, BackEnd backEnd) {
        runner.play("registry: devices", () -> Registry.devices(backEnd));
        runner.play("registry: modules", () -> Registry.modules(backEnd));
        runner.play("registry: a wrong key is refused", () -> Registry.wrongKey(hub));
        runner.play("method of a module that does not answer",
            () -> ServiceMethods.noAnswer(new Stage(hub, backEnd, new Cell("", "module", "mqtt"))));
        runner.play("a message abandoned over HTTPS comes again",
            () -> CloudToDevice.abandon(new Stage(hub, backEnd, new Cell("", "device", "https"))));
        for (var who : new String[] {"device", "module"}) {
            var stage = new Stage(hub, backEnd, new Cell("", who, "mqtt"));
            runner.play("what a " + who + " subscribed to outlasts a cut",
                () -> Connections.subscriptionsLast(stage));
            runner.play("twin of a " + who + ": patch",
                () -> ServiceTwins.patch(backEnd, stage.newIdentity()));
            runner.play("twin of a " + who + ": replace",
                () -> ServiceTwins.replace(backEnd, stage.newIdentity()));
            runner.play("twin of a " + who + ": etags",
                () -> ServiceTwins.etags(backEnd, stage.newIdentity()));
            runner.play("method of a " + who + " that is not connected",
                () -> ServiceMethods.nobodyThere(stage));
            runner.play("method of a " + who + ", twenty calls at once",
                () -> ServiceMethods.manyAtOnce(stage));
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
