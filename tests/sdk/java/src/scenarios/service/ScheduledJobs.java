package scenarios.service;

import static support.Expect.equal;
import static support.Expect.holds;
import static support.Expect.refused;
import static support.Wait.until;
import static support.Wait.untilIs;

import com.google.gson.JsonObject;
import com.microsoft.azure.sdk.iot.service.exceptions.IotHubConflictException;
import com.microsoft.azure.sdk.iot.service.jobs.DirectMethodsJobOptions;
import com.microsoft.azure.sdk.iot.service.jobs.ScheduledJob;
import com.microsoft.azure.sdk.iot.service.jobs.ScheduledJobStatus;
import com.microsoft.azure.sdk.iot.service.jobs.ScheduledJobType;
import com.microsoft.azure.sdk.iot.service.query.JobQueryResponse;
import com.microsoft.azure.sdk.iot.service.query.QueryPageOptions;
import com.microsoft.azure.sdk.iot.service.twin.Twin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import support.BackEnd;
import support.Identity;
import support.Json;
import support.Stage;

/** The service's ScheduledJobsClient, and queries of jobs. */
public final class ScheduledJobs {
    private static final long MOST_SECONDS = 60;
    private static final QueryPageOptions ONE = QueryPageOptions.builder().pageSize(1).build();

    private ScheduledJobs() {}

    public static void twinUpdate(Stage stage) throws Exception {
        var devices = List.of(stage.backEnd.newDevice(stage.id("a")),
            stage.backEnd.newDevice(stage.id("b")));
        updateTwins(stage, "1", among(devices), now());
        var job = finished(stage.backEnd, stage.id("1"));
        equal(ScheduledJobType.scheduleUpdateTwin, job.getJobType());
        equal(2, job.getJobStatistics().getSucceededCount());
        for (var device : devices) {
            var twin = stage.backEnd.twin(device);
            equal(stage.id("1"), twin.getTags().get("touched"));
            equal("often", twin.getDesiredProperties().get("interval"));
        }
        refused(IotHubConflictException.class, () -> updateTwins(stage, "1", "*", now()));
    }

    private static ScheduledJob updateTwins(Stage stage, String name, String condition, Date start)
        throws Exception {
        var update = new Twin();
        update.setETag("*");
        update.getTags().put("touched", stage.id(name));
        update.getDesiredProperties().put("interval", "often");
        return stage.backEnd.jobs.scheduleUpdateTwin(
            stage.id(name), condition, update, start, MOST_SECONDS);
    }

    public static void method(Stage stage) throws Exception {
        var online = stage.backEnd.newDevice(stage.id("on"));
        var offline = stage.backEnd.newDevice(stage.id("off"));
        try (var client = stage.open(online)) {
            MethodCalls.echo(client);
            stage.backEnd.jobs.scheduleDirectMethod(stage.id("1"), among(List.of(online, offline)),
                "blink", now(), DirectMethodsJobOptions.builder().payload(Map.of("times", 1))
                    .methodConnectTimeoutSeconds(0).methodResponseTimeoutSeconds(15)
                    .maxExecutionTimeSeconds((int) MOST_SECONDS).build());
            var counts = finished(stage.backEnd, stage.id("1")).getJobStatistics();
            equal(1, counts.getSucceededCount());
            equal(1, counts.getFailedCount());
        }
        hasOutcomes(Queries.rows(stage, ofJob(stage.id("1"))), online, offline);
    }

    /** As raw rows: the SDK cannot read an answer to a method, it looks for the method beside it. */
    private static void hasOutcomes(List<JsonObject> rows, Identity online, Identity offline) {
        var statuses = new HashMap<String, String>();
        for (var row : rows) {
            statuses.put(Json.text(row, "deviceId"), Json.text(row, "status"));
            if (online.deviceId.equals(Json.text(row, "deviceId"))) {
                var answer = row.getAsJsonObject("outcome").getAsJsonObject("deviceMethodResponse");
                equal("200", Json.text(answer, "status"));
                equal(MethodCalls.echoed("blink", "{\"times\":1}"), answer.get("payload"));
            }
        }
        equal(Map.of(online.deviceId, "completed", offline.deviceId, "failed"), statuses);
    }

    public static void rowsOfJob(Stage stage) throws Exception {
        var device = stage.backEnd.newDevice(stage.id("d"));
        updateTwins(stage, "1", among(List.of(device)), now());
        finished(stage.backEnd, stage.id("1"));
        var rows = all(stage.backEnd.queries.queryJobs(ofJob(stage.id("1")), ONE));
        equal(1, rows.size());
        equal(device.deviceId, rows.get(0).getDeviceId());
        equal(ScheduledJobType.scheduleUpdateTwin, rows.get(0).getJobType());
        equal(ScheduledJobStatus.completed, rows.get(0).getJobStatus());
    }

    private static String ofJob(String id) {
        return "SELECT * FROM devices.jobs WHERE devices.jobs.jobId = '" + id + "'";
    }

    /** A job that is to come is queued for a moment before it is scheduled. */
    public static void listing(Stage stage) throws Exception {
        var jobs = stage.backEnd.jobs;
        var later = Date.from(Instant.now().plus(Duration.ofHours(1)));
        for (var name : List.of("1", "2")) {
            updateTwins(stage, name, "*", later);
            until(name + " is scheduled", () ->
                jobs.get(stage.id(name)).getJobStatus() == ScheduledJobStatus.scheduled);
        }
        holds("both are listed",
            scheduled(stage).containsAll(List.of(stage.id("1"), stage.id("2"))));

        equal(ScheduledJobStatus.cancelled, jobs.cancel(stage.id("1")).getJobStatus());
        equal(ScheduledJobStatus.cancelled, jobs.get(stage.id("1")).getJobStatus());
        var left = scheduled(stage);
        holds("the other is left, not " + left,
            left.contains(stage.id("2")) && !left.contains(stage.id("1")));
        jobs.cancel(stage.id("2"));
    }

    /** Page after page of one. */
    private static List<String> scheduled(Stage stage) throws Exception {
        var listed = all(stage.backEnd.jobs.query(
            ScheduledJobType.scheduleUpdateTwin, ScheduledJobStatus.scheduled, ONE));
        for (var job : listed) {
            equal(ScheduledJobType.scheduleUpdateTwin, job.getJobType());
            equal(ScheduledJobStatus.scheduled, job.getJobStatus());
        }
        return listed.stream().map(ScheduledJob::getJobId).collect(Collectors.toList());
    }

    private static List<ScheduledJob> all(JobQueryResponse response) throws Exception {
        var found = new ArrayList<ScheduledJob>();
        while (response.hasNext()) {
            found.add(response.next(ONE));
        }
        return found;
    }

    private static ScheduledJob finished(BackEnd backEnd, String id) throws Exception {
        return untilIs(id + " is completed", () -> backEnd.jobs.get(id), job -> {
            holds("the job succeeds: " + job.getFailureReason(),
                job.getJobStatus() != ScheduledJobStatus.failed);
            return job.getJobStatus() == ScheduledJobStatus.completed;
        });
    }

    private static String among(List<Identity> devices) {
        return devices.stream().map(device -> "'" + device.deviceId + "'")
            .collect(Collectors.joining(", ", "deviceId IN [", "]"));
    }

    private static Date now() {
        return new Date();
    }
}
