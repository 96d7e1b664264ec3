package support;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** Bounded waiting for something that comes true by itself. */
public final class Wait {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private Wait() {}

    public static void until(String what, Callable<Boolean> condition) throws Exception {
        untilIs(what, condition, value -> value);
    }

    /** The first value that is as wanted. */
    public static <T> T untilIs(String what, Callable<T> value, Predicate<T> wanted)
        throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        for (;;) {
            T found = value.call();
            if (wanted.test(found)) {
                return found;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError(
                    "not within " + LIMIT.toSeconds() + " s: " + what + "; last seen: " + found);
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }
}
