package io.breadcrumbs.sdk.runs.why;

import io.breadcrumbs.sdk.runs.state.Followed;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an explanation rests on.
 *
 * @param run the run, as the journal has it
 * @param runs finds runs below it
 * @param undecided the oldest command about it that nobody has decided about; null if there is none
 * @param answered requests of the family whose answers are in the log
 * @param serving what is known of those who serve
 * @param now milliseconds since 1970
 */
public record Facts(
        Followed run,
        Followed.Finder runs,
        @Nullable Undecided undecided,
        Set<String> answered,
        Serving serving,
        long now) {

    public Facts {
        answered = Set.copyOf(answered);
    }

    /** The same, of a run of which only the start is in the log, that long. */
    public Facts waitingForItsStart(long since) {
        return new Facts(run, runs, new Undecided("start", since), answered, serving, now);
    }

    /** A command that stands in the log. */
    public record Undecided(String what, long at) {}

    /**
     * Who serves.
     *
     * @param engines how many there are that decide about runs
     * @param runners how many there are, by pool; a pool that is not here has none
     * @param tools that the catalogue has
     */
    public record Serving(int engines, Map<String, Integer> runners, Set<String> tools) {

        public Serving {
            runners = Map.copyOf(runners);
            tools = Set.copyOf(tools);
        }
    }
}
