package support;

import java.util.Objects;

/** What a scenario claims; a claim that does not hold ends it. */
public final class Expect {
    /** A step that may throw what it likes. */
    public interface Step {
        void run() throws Exception;
    }

    private Expect() {}

    public static void equal(Object expected, Object found) {
        if (!Objects.equals(expected, found)) {
            throw new AssertionError("expected <" + expected + ">, found <" + found + ">");
        }
    }

    public static void holds(String what, boolean claim) {
        if (!claim) {
            throw new AssertionError("does not hold: " + what);
        }
    }

    /** The exception of that type which the step has to end with. */
    public static <E extends Exception> E refused(Class<E> type, Step step) throws Exception {
        try {
            step.run();
        } catch (Exception failure) {
            if (type.isInstance(failure)) {
                return type.cast(failure);
            }
            throw failure;
        }
        throw new AssertionError("was not refused with " + type.getSimpleName());
    }
}
