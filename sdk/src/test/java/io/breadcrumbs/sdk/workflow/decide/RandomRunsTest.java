package io.breadcrumbs.sdk.workflow.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.sdk.testkit.workflow.WorkflowTrial;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonArray;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.RunError;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import io.breadcrumbs.sdk.workflow.run.StepStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Random workflows whose answers come in random order, some of them failures, late or twice, with cancels, pauses and
 * retries in between: what comes out is what a simple interpreter gets by going through the steps in order.
 */
class RandomRunsTest {

    private static final int RUNS = 2_000;

    @Test
    void shouldEndAsASimpleInterpreterSays() {
        for (int seed = 0; seed < RUNS; seed++) {
            new Scene(seed).play();
        }
    }

    /** One workflow and one order of answers. */
    private static final class Scene {

        private final Random random;
        private final int seed;
        private final List<Set<Integer>> needs = new ArrayList<>();
        private final Set<Integer> failing = new HashSet<>();
        private final boolean stop;

        Scene(int seed) {
            this.seed = seed;
            random = new Random(seed);
            stop = random.nextInt(3) == 0;
            int size = 1 + random.nextInt(12);
            for (int i = 0; i < size; i++) {
                Set<Integer> mine = new HashSet<>();
                for (int k = random.nextInt(3); k > 0 && i > 0; k--) {
                    mine.add(random.nextInt(i));
                }
                needs.add(mine);
                if (random.nextInt(8) == 0) {
                    failing.add(i);
                }
            }
        }

        void play() {
            WorkflowTrial trial = new WorkflowTrial(source()).start("{}");
            boolean cancelled = false;
            for (int turn = 0; turn < 1_000 && !trial.status().over(); turn++) {
                int what = random.nextInt(40);
                if (what == 0) {
                    trial.give(new Input.Pause("chance"));
                } else if (what == 1 && random.nextInt(5) == 0) {
                    trial.cancel();
                    cancelled = true;
                } else if (what < 4) {
                    answerAny(trial);
                } else {
                    answerOpen(trial);
                }
                if (trial.status() == RunStatus.PAUSED && random.nextInt(3) == 0) {
                    trial.give(new Input.Resume("chance"));
                }
                trial.pass(Duration.ofSeconds(random.nextInt(3)));
            }
            assertThat(trial.status().over())
                    .as("seed %d: %s", seed, trial.events())
                    .isTrue();
            assertThat(trial.events()).filteredOn(Event.Ended.class::isInstance).hasSize(1);
            assertThat(trial.requests())
                    .as("seed %d: one request for each attempt", seed)
                    .extracting(request -> List.of(request.id().split("/", -1)).subList(1, 3))
                    .doesNotHaveDuplicates();
            checkOrder(trial.events());
            assertThat(trial.run().awaited()).isEmpty();
            assertThat(trial.run().timers()).isEmpty();
            if (cancelled) {
                assertThat(trial.status()).as("seed %d", seed).isEqualTo(RunStatus.CANCELLED);
            } else {
                compare(trial);
            }
        }

        /** Nothing is asked for before all that it needs is there. */
        private void checkOrder(List<Event> events) {
            Set<String> completed = new HashSet<>();
            for (Event event : events) {
                if (event instanceof Event.Completed done) {
                    completed.add(done.at().step());
                } else if (event instanceof Event.Asked asked) {
                    Set<Integer> mine =
                            needs.get(Integer.parseInt(asked.at().step().substring(1)));
                    assertThat(completed)
                            .as("seed %d: what %s needs", seed, asked.at())
                            .containsAll(mine.stream().map(need -> "s" + need).toList());
                }
            }
        }

        private void answerOpen(WorkflowTrial trial) {
            List<String> open = trial.run().awaited().stream().sorted().toList();
            if (!open.isEmpty()) {
                answer(trial, open.get(random.nextInt(open.size())));
            }
        }

        /** Perhaps one that was answered before. */
        private void answerAny(WorkflowTrial trial) {
            if (!trial.requests().isEmpty()) {
                answer(
                        trial,
                        trial.requests()
                                .get(random.nextInt(trial.requests().size()))
                                .id());
            }
        }

        private void answer(WorkflowTrial trial, String request) {
            int step = Integer.parseInt(request.split("/", -1)[1].substring(1));
            int attempt = Integer.parseInt(request.split("/", -1)[2]);
            boolean flaky = attempt == 1 && step % 3 == 0;
            Input.Answer answer = failing.contains(step) || flaky
                    ? new Input.Answer(request, null, new RunError("runtime", "X", "it fails", true))
                    : new Input.Answer(request, Value.of(Integer.toString(value(step))), null);
            trial.give(answer);
        }

        /** One more than the sum of what it needs. */
        private int value(int step) {
            return 1 + needs.get(step).stream().mapToInt(this::value).sum();
        }

        private void compare(WorkflowTrial trial) {
            boolean anyFailed = false;
            List<StepStatus> ends = new ArrayList<>();
            for (int i = 0; i < needs.size(); i++) {
                boolean blocked = needs.get(i).stream().anyMatch(need -> ends.get(need) != StepStatus.COMPLETED);
                ends.add(blocked ? StepStatus.BLOCKED : failing.contains(i) ? StepStatus.FAILED : StepStatus.COMPLETED);
                anyFailed |= ends.get(i) == StepStatus.FAILED;
            }
            if (stop && anyFailed) {
                assertThat(trial.status()).as("seed %d", seed).isEqualTo(RunStatus.FAILED);
                return;
            }
            for (int i = 0; i < needs.size(); i++) {
                assertThat(trial.step("s" + i).status())
                        .as("seed %d step %d", seed, i)
                        .isEqualTo(ends.get(i));
                if (ends.get(i) == StepStatus.COMPLETED) {
                    assertThat(trial.step("s" + i).output()).hasToString(Integer.toString(value(i)));
                }
            }
            boolean anyDone = ends.contains(StepStatus.COMPLETED);
            assertThat(trial.status())
                    .as("seed %d", seed)
                    .isEqualTo(!anyFailed ? RunStatus.COMPLETED : anyDone ? RunStatus.PARTIAL : RunStatus.FAILED);
        }

        private String source() {
            List<Json> steps = new ArrayList<>();
            for (int i = 0; i < needs.size(); i++) {
                List<Json> deps = needs.get(i).stream()
                        .<Json>map(need -> Json.of("s" + need))
                        .toList();
                steps.add(JsonObject.builder()
                        .put("id", "s" + i)
                        .put("tool", "t")
                        .put("deps", new JsonArray(deps))
                        .put("retry", Json.object("attempts", Json.of(2), "backoff", Json.of("1s")))
                        .build());
            }
            return JsonObject.builder()
                    .put("onError", stop ? "stop" : "continue")
                    .put("steps", new JsonArray(steps))
                    .build()
                    .toString();
        }
    }
}
