package io.breadcrumbs.local.desk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
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

    /**
     * All versions of all tools, by name, each as {@code ToolJson} shows it; {@code runners} is null where nobody says
     * who serves its pool.
     */
    List<ObjectNode> all() throws InterruptedException;

    /** Calls a tool, and waits for the answer at most so long. */
    Answered call(String tool, String input, Duration atMost) throws InterruptedException;
}
