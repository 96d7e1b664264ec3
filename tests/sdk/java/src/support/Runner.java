package support;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Plays scenarios one after the other, says how each went, and keeps the result of the table's. */
public final class Runner {
    private static final int LIMIT_SECONDS = 60;
    private static final int LONGEST_FAILURE = 600;

    private final JsonArray cells = new JsonArray();
    private final List<String> failures = new ArrayList<>();
    private int passed;

    /** A scenario that is a field of the table. */
    public void play(Cell cell, Expect.Step scenario) {
        var failure = played(cell.toString(), scenario);
        var row = new JsonObject();
        row.addProperty("feature", cell.feature);
        row.addProperty("who", cell.who);
        row.addProperty("transport", cell.transport);
        row.addProperty("outcome", failure == null ? "works" : "fails");
        if (failure != null) {
            row.addProperty("detail", failure);
        }
        cells.add(row);
    }

    /** A scenario beside the table. */
    public void play(String title, Expect.Step scenario) {
        played(title, scenario);
    }

    public boolean allPassed() {
        return failures.isEmpty();
    }

    public void summarise() {
        if (!allPassed()) {
            System.out.println("\nFailed:");
            failures.forEach(failure -> System.out.println("  " + failure));
        }
        System.out.println("\n# pass " + passed + "\n# fail " + failures.size() + "\n# skipped 0");
    }

    /** Writes the table's cells, in the form README.md describes. */
    public void write(Path file) throws IOException {
        var result = new JsonObject();
        result.addProperty("sdk", "java");
        result.add("cells", cells);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file,
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(result) + "\n");
    }

    private String played(String title, Expect.Step scenario) {
        long start = System.nanoTime();
        var failure = failureOf(scenario);
        var seconds = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) / 1000.0;
        System.out.printf("%s %s (%.1f s)%n", failure == null ? "  ok  " : "FAILED", title, seconds);
        if (failure == null) {
            passed++;
        } else {
            System.out.println("         " + failure);
            failures.add(title);
        }
        return failure;
    }

    /** Null when it passed. The SDK waits for minutes at times, hence the thread and its limit. */
    private static String failureOf(Expect.Step scenario) {
        var task = new FutureTask<>(() -> {
            scenario.run();
            return null;
        });
        var thread = new Thread(task, "scenario");
        thread.setDaemon(true);
        thread.start();
        try {
            task.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            return null;
        } catch (ExecutionException failed) {
            return said(failed.getCause());
        } catch (TimeoutException late) {
            thread.interrupt();
            return "not within " + LIMIT_SECONDS + " s, at " + ownFrame(thread.getStackTrace());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /** The message with its causes, which say what the SDK met, and the line of the scenario. */
    private static String said(Throwable failure) {
        var text = new StringBuilder();
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            text.append(text.length() == 0 ? "" : ", caused by ")
                .append(cause instanceof AssertionError ? cause.getMessage() : cause.toString());
        }
        text.setLength(Math.min(text.length(), LONGEST_FAILURE));
        return text.toString().replaceAll("\\s+", " ") + " [" + ownFrame(failure.getStackTrace()) + "]";
    }

    private static String ownFrame(StackTraceElement[] stack) {
        for (var frame : stack) {
            if (frame.getClassName().startsWith("scenarios.")) {
                return frame.getFileName() + ":" + frame.getLineNumber();
            }
        }
        return "the runner";
    }
}
