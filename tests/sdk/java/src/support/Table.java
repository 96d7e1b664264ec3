package support;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The tables of scenarios.json; its README says how they are read. */
public final class Table {
    private static final String SDK = "java";

    private final JsonObject scenarios;

    public Table(Path file) throws IOException {
        scenarios = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }

    /** The cells this SDK has, in the order of the report. */
    public List<Cell> cells() {
        var cells = new ArrayList<Cell>();
        for (JsonElement table : scenarios.getAsJsonArray("tables")) {
            cells.addAll(cellsOf(table.getAsJsonObject()));
        }
        return cells;
    }

    private List<Cell> cellsOf(JsonObject table) {
        var cells = everyCell(table);
        cells.removeIf(cell -> takenAway(cell, table)
            || takenAway(cell, scenarios.getAsJsonObject("sdks").getAsJsonObject(SDK)));
        return cells;
    }

    private static List<Cell> everyCell(JsonObject table) {
        var cells = new ArrayList<Cell>();
        for (JsonElement element : table.getAsJsonArray("features")) {
            var feature = element.getAsJsonObject();
            for (JsonElement who : feature.getAsJsonArray("who")) {
                for (var transport : table.getAsJsonObject("transports").keySet()) {
                    cells.add(new Cell(feature.get("id").getAsString(), who.getAsString(),
                        transport));
                }
            }
        }
        return cells;
    }

    private static boolean takenAway(Cell cell, JsonObject owner) {
        for (JsonElement element : owner.getAsJsonArray("absent")) {
            var entry = element.getAsJsonObject();
            if (names(entry, "features", cell.feature) && names(entry, "who", cell.who)
                && names(entry, "sdks", SDK) && names(entry, "transports", cell.transport)) {
                return true;
            }
        }
        return false;
    }

    private static boolean names(JsonObject entry, String member, String value) {
        JsonArray named = entry.getAsJsonArray(member);
        return named == null || named.contains(new JsonPrimitive(value));
    }
}
