import static java.util.Map.entry;

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
import scenarios.Telemetry;
import scenarios.Twins;
import scenarios.service.Admission;
import scenarios.service.Configurations;
import scenarios.service.DigitalTwins;
import scenarios.service.Events;
import scenarios.service.Identities;
import scenarios.service.Messaging;
import scenarios.service.MethodCalls;
import scenarios.service.Queries;
import scenarios.service.ScheduledJobs;
import scenarios.service.Transfers;
import scenarios.service.TwinChanges;
import support.Cell;
import support.Stage;

/** The scenario of each feature of scenarios.json that this SDK has. */
final class Features {
    /** Makes identities of its own. */
    private interface Scenario {
        void play(Stage stage) throws Exception;
    }

    private static final Map<String, Scenario> OF_DEVICES = Map.ofEntries(
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

    private static final Map<String, Scenario> OF_BACK_ENDS = Map.ofEntries(
        entry("identities", Identities::one),
        entry("statistics", Identities::statistics),
        entry("edge", Identities::edge),
        entry("twins", TwinChanges::patch),
        entry("twin-replace", TwinChanges::replace),
        entry("query", Queries::query),
        entry("query-jobs", ScheduledJobs::rowsOfJob),
        entry("methods", MethodCalls::methods),
        entry("scheduled-twin-update", ScheduledJobs::twinUpdate),
        entry("scheduled-method", ScheduledJobs::method),
        entry("job-list", ScheduledJobs::listing),
        entry("export", Transfers::exportDevices),
        entry("import", Transfers::importDevices),
        entry("configurations", Configurations::one),
        entry("configuration-applies", Configurations::applies),
        entry("apply-content", Configurations::applyContent),
        entry("digital-twin-get", DigitalTwins::get),
        entry("digital-twin-update", DigitalTwins::update),
        entry("digital-twin-command", DigitalTwins::command),
        entry("bearer-token", Admission::bearerToken),
        entry("throttled", Admission::throttled),
        entry("send", Messaging::send),
        entry("send-refused", Messaging::sendRefused),
        entry("feedback", Messaging::feedback),
        entry("file-notifications", Messaging::fileNotifications),
        entry("events", Events::events));

    private Features() {}

    static void play(Cell cell, Stage stage) throws Exception {
        var scenario = (cell.isOfBackEnd() ? OF_BACK_ENDS : OF_DEVICES).get(cell.feature);
        if (scenario == null) {
            throw new AssertionError("there is no scenario for it");
        }
        scenario.play(stage);
    }
}
