package io.breadcrumbs.local.desk;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Tools. */
public interface ToolDesk {

    /**
     * What a tool answered.
     *
     * @param whole the answer, JSON
     * @param output JSON; null if it failed
     * @param error why it failed; null if it did not
     */
    record Answered(
            String whole, @Nullable String output, @Nullable String error) {}

    /** Calls a tool, and waits for the answer at most so long. */
    Answered call(String tool, String input, Duration atMost) throws InterruptedException;
}
