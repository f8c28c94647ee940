package io.breadcrumbs.sdk.workflow.definition;

import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.template.Template;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A workflow without faults.
 *
 * @param name its name; absent where it was given inline without one
 * @param steps its steps by id, in the order in which they were written
 * @param onError what happens to the rest when a step has failed for good
 * @param timeout how long a run may take
 * @param retention how long a run is kept after its end; absent: as the engine is set
 * @param output what a completed run gives; absent: the outputs of the steps on which no other depends, by id
 * @param source the definition as it was written, which a run keeps
 * @param graph who depends on whom
 */
public record Definition(
        @Nullable String name,
        Map<String, Step> steps,
        OnError onError,
        @Nullable Duration timeout,
        @Nullable Duration retention,
        @Nullable Template output,
        Json source,
        Graph graph) {

    public Definition {
        steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
    }

    /** What happens to the rest of a run when a step has failed for good. */
    public enum OnError {
        /** No further step starts, and what runs is cancelled. */
        STOP,
        /** What does not depend on the failed step goes on. */
        CONTINUE
    }

    /**
     * Who depends on whom.
     *
     * @param dependants the steps that need a step, by the id of that step; absent where there are none
     * @param ends the steps on which no other depends
     */
    public record Graph(Map<String, List<String>> dependants, Set<String> ends) {

        static Graph of(Collection<Step> steps) {
            Map<String, List<String>> dependants = new LinkedHashMap<>();
            Set<String> ends = new LinkedHashSet<>();
            for (Step step : steps) {
                ends.add(step.id());
                step.needs()
                        .forEach(need -> dependants
                                .computeIfAbsent(need, _ -> new ArrayList<>())
                                .add(step.id()));
            }
            ends.removeAll(dependants.keySet());
            dependants.replaceAll((_, ids) -> List.copyOf(ids));
            return new Graph(Collections.unmodifiableMap(dependants), Collections.unmodifiableSet(ends));
        }

        /** The steps that need this one, in the order in which they were written. */
        public List<String> dependants(String step) {
            return dependants.getOrDefault(step, List.of());
        }
    }
}
