package io.breadcrumbs.sdk.workflow.decide;

import org.jspecify.annotations.Nullable;

/**
 * What a decision rests on beside the run and the input.
 *
 * @param now milliseconds since 1970, never before the run's last event
 * @param epoch of the owner that decides: ids of requests hold it
 */
public record Facts(long now, long epoch, Tools tools) {

    /** What is known of tools. */
    @FunctionalInterface
    public interface Tools {

        /** The tool, or null if the catalogue does not have it. */
        @Nullable
        Tool find(String name, @Nullable String version);
    }

    /**
     * A tool as the catalogue has it.
     *
     * @param pure it has no side effects
     * @param once it is executed at most once: who gets no answer does not know whether it was
     */
    public record Tool(String version, String pool, boolean pure, boolean once) {

        /** One that may be executed again. */
        public Tool(String version, String pool, boolean pure) {
            this(version, pool, pure, false);
        }

        /** One that the catalogue does not have, yet: the runners of the default pool answer for it. */
        static final Tool UNKNOWN = new Tool("", "default", false);
    }
}
