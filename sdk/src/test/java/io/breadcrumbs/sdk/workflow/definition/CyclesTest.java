package io.breadcrumbs.sdk.workflow.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random graphs: a cycle is found exactly where, taking away what can start again and again, something remains. */
class CyclesTest {

    private static final long SEED = 20_260_102;
    private static final int GRAPHS = 20_000;

    @Test
    void shouldFindRealCyclesAndMissNone() {
        Random random = new Random(SEED);
        int cyclic = 0;
        for (int i = 0; i < GRAPHS; i++) {
            // Given
            Map<String, Set<String>> needs = graph(random);

            // When
            List<List<String>> cycles = Cycles.find(needs);

            // Then
            assertThat(cycles.isEmpty()).as("graph %d: %s", i, needs).isEqualTo(canAllStart(needs));
            cycles.forEach(cycle -> assertCycle(cycle, needs));
            assertThat(cycles.stream().flatMap(List::stream)).doesNotHaveDuplicates();
            cyclic += cycles.isEmpty() ? 0 : 1;
        }
        assertThat(cyclic).isBetween(GRAPHS / 10, GRAPHS - GRAPHS / 10);
    }

    private static Map<String, Set<String>> graph(Random random) {
        int steps = 1 + random.nextInt(8);
        Map<String, Set<String>> needs = new LinkedHashMap<>();
        for (int i = 0; i < steps; i++) {
            needs.put("s" + i, new LinkedHashSet<>());
        }
        for (int edge = random.nextInt(2 * steps); edge > 0; edge--) {
            String from = "s" + random.nextInt(steps);
            String to = "s" + random.nextInt(steps);
            if (!from.equals(to)) {
                needs.computeIfPresent(from, (_, others) -> with(others, to));
            }
        }
        return needs;
    }

    private static Set<String> with(Set<String> others, String other) {
        others.add(other);
        return others;
    }

    private static boolean canAllStart(Map<String, Set<String>> needs) {
        Set<String> over = new LinkedHashSet<>();
        boolean more = true;
        while (more) {
            more = needs.entrySet().stream()
                    .filter(step -> over.containsAll(step.getValue()))
                    .map(step -> over.add(step.getKey()))
                    .reduce(false, Boolean::logicalOr);
        }
        return over.size() == needs.size();
    }

    private static void assertCycle(List<String> cycle, Map<String, Set<String>> needs) {
        for (int i = 0; i < cycle.size(); i++) {
            assertThat(needs.get(cycle.get(i))).contains(cycle.get((i + 1) % cycle.size()));
        }
    }
}
