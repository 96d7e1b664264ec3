package scenarios.service;

import static support.Expect.equal;
import static support.Expect.holds;
import static support.Expect.refused;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.azure.sdk.iot.service.exceptions.IotHubBadFormatException;
import com.microsoft.azure.sdk.iot.service.query.QueryPageOptions;
import com.microsoft.azure.sdk.iot.service.query.TwinQueryResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import support.BackEnd;
import support.Json;
import support.Stage;

/** The service's QueryClient; its responses fetch page after page by themselves. */
public final class Queries {
    private static final String MINE = " FROM devices WHERE tags.query = 'yes'";
    private static final QueryPageOptions TWO = QueryPageOptions.builder().pageSize(2).build();

    private Queries() {}

    public static void query(Stage stage) throws Exception {
        tagDevices(stage, List.of("a", "b", "c", "d", "e"));
        inPages(stage);
        projections(stage);
        refused(IotHubBadFormatException.class,
            () -> stage.backEnd.queries.queryRaw("SELECT * FROM devices WHERE"));
    }

    private static void tagDevices(Stage stage, List<String> names) throws Exception {
        for (var name : names) {
            var twin = BackEnd.twinToSend(stage.backEnd.newDevice(stage.id(name)));
            twin.getTags().put("query", "yes");
            twin.getTags().put("odd", names.indexOf(name) % 2 == 1);
            stage.backEnd.twins.patch(twin);
        }
    }

    /** That a page has two twins is seen where it goes on from the token of the first. */
    private static void inPages(Stage stage) throws Exception {
        var queries = stage.backEnd.queries;
        var response = queries.queryTwins("SELECT *" + MINE, TWO);
        var afterFirst = queries.queryTwins("SELECT *" + MINE, QueryPageOptions.builder()
            .pageSize(2).continuationToken(response.getContinuationToken()).build());
        var every = devicesOf(response);
        equal(ids(stage, "a", "b", "c", "d", "e"), Set.copyOf(every));
        equal(5, every.size());
        equal(every.subList(2, 5), devicesOf(afterFirst));
    }

    private static List<String> devicesOf(TwinQueryResponse response) throws Exception {
        var found = new ArrayList<String>();
        while (response.hasNext()) {
            found.add(response.next(TWO).getDeviceId());
        }
        return found;
    }

    private static void projections(Stage stage) throws Exception {
        var ids = rows(stage, "SELECT deviceId AS id" + MINE + " AND tags.odd = true").stream()
            .map(row -> Json.text(row, "id")).collect(Collectors.toSet());
        equal(ids(stage, "b", "d"), ids);
        var counts = new HashMap<Boolean, Integer>();
        var groups = "SELECT tags.odd AS odd, COUNT() AS n" + MINE + " GROUP BY tags.odd";
        for (var row : rows(stage, groups)) {
            counts.put(row.get("odd").getAsBoolean(), row.get("n").getAsInt());
        }
        equal(Map.of(false, 3, true, 2), counts);
    }

    /** At least one. */
    static List<JsonObject> rows(Stage stage, String text) throws Exception {
        var response = stage.backEnd.queries.queryRaw(text);
        var rows = new ArrayList<JsonObject>();
        while (response.hasNext()) {
            rows.add(JsonParser.parseString(response.next()).getAsJsonObject());
        }
        holds("there are rows of " + text, !rows.isEmpty());
        return rows;
    }

    private static Set<String> ids(Stage stage, String... names) {
        return Stream.of(names).map(stage::id).collect(Collectors.toSet());
    }
}
