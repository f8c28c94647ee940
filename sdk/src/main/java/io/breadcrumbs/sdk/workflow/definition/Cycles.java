package io.breadcrumbs.sdk.workflow.definition;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds steps that depend on each other in circles, in time linear in the number of dependencies. */
final class Cycles {

    private Cycles() {}

    /** Circles that share no step, each in the order of its dependencies; none if every step can start some day. */
    static List<List<String>> find(Map<String, Set<String>> needs) {
        Map<String, Integer> unmet = unmet(needs);
        List<List<String>> cycles = new ArrayList<>();
        Map<String, Integer> walks = new HashMap<>();
        int walk = 0;
        for (String start : needs.keySet()) {
            walk++;
            List<String> path = new ArrayList<>();
            @Nullable String at = unmet.containsKey(start) ? start : null;
            while (at != null && !walks.containsKey(at)) {
                walks.put(at, walk);
                path.add(at);
                at = needs.getOrDefault(at, Set.of()).stream()
                        .filter(unmet::containsKey)
                        .findFirst()
                        .orElse(null);
            }
            if (at != null && walks.getOrDefault(at, 0) == walk) {
                cycles.add(List.copyOf(path.subList(path.indexOf(at), path.size())));
            }
        }
        return cycles;
    }

    /** What remains when the steps that can start are taken away, and those that can start then, until none can. */
    private static Map<String, Integer> unmet(Map<String, Set<String>> needs) {
        Map<String, Integer> unmet = new HashMap<>();
        Map<String, List<String>> dependants = new HashMap<>();
        Deque<String> ready = new ArrayDeque<>();
        needs.forEach((step, others) -> {
            others.forEach(other ->
                    dependants.computeIfAbsent(other, _ -> new ArrayList<>()).add(step));
            if (others.isEmpty()) {
                ready.add(step);
            } else {
                unmet.put(step, others.size());
            }
        });
        while (!ready.isEmpty()) {
            for (String dependant : dependants.getOrDefault(ready.remove(), List.of())) {
                if (unmet.merge(dependant, -1, Integer::sum) == 0) {
                    unmet.remove(dependant);
                    ready.add(dependant);
                }
            }
        }
        return unmet;
    }
}
