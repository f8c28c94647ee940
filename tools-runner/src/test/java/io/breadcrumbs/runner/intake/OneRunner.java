package io.breadcrumbs.runner.intake;

import io.breadcrumbs.runner.Runner;
import io.breadcrumbs.runner.RunnerSettings;
import io.breadcrumbs.runner.provider.JavaTools;
import io.breadcrumbs.runner.slot.Slot;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.ToolError;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Call;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.MemoryProcess;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import io.breadcrumbs.sdk.tool.Tool;
import io.breadcrumbs.sdk.tool.ToolContext;
import io.breadcrumbs.sdk.tool.ToolSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One runner over the test kit's log, whose executions go on until the test ends them. */
final class OneRunner {

    final SeededScheduler scheduler = new SeededScheduler(1);
    final MemoryProcess process;
    final MemoryBus bus;
    final Runner runner;
    /** The ids of the requests whose execution began, in that order. */
    final List<String> began = new ArrayList<>();

    private final Map<String, Held> running = new LinkedHashMap<>();
    private final Map<String, Call> calls = new HashMap<>();

    /** Whether an execution that is stopped goes on all the same. */
    boolean clinging;

    OneRunner(int partitions, RunnerSettings settings, List<ToolSpec<None, None>> specs) {
        this(partitions, settings, specs, new Unobserved());
        run();
    }

    /** One whose runner has not begun to do anything yet. */
    OneRunner(int partitions, RunnerSettings settings, List<ToolSpec<None, None>> specs, Observer observer) {
        MemoryCluster cluster = new MemoryCluster(scheduler, partitions, Faults.NONE);
        process = cluster.process("one");
        bus = MemoryBus.in(process, MemoryBus.wire(), scheduler);
        runner = new Runner(
                bus,
                settings,
                new JavaTools(specs.stream().map(Specified::new).toList()),
                List.of(),
                new Intake.Surroundings(Held::new, process, process::execute, observer));
    }

    static ToolSpec<None, None> tool(String name) {
        return ToolSpec.of(name, "Is ended by the test.", None.class, None.class)
                .timeout(Duration.ofMinutes(5));
    }

    record None() {}

    /** Lets what is under way go on until nothing happens but ticking. */
    void run() {
        scheduler.run(Duration.ofMillis(100));
    }

    static ToolRequest.Builder request(String id, String tool) {
        return ToolRequest.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL_REQUEST, id, "test"))
                .setRequestId(id)
                .setTool(tool);
    }

    void ask(ToolRequest.Builder request) {
        ToolRequest built = request.build();
        String id = built.getRequestId();
        calls.put(id, bus.await(id, Duration.ofHours(1)));
        bus.publish(Catalogue.TOOL_REQUEST, id, built);
    }

    void ask(String id, String tool) {
        ask(request(id, tool));
    }

    /** The answer to a request; null while there is none. */
    @Nullable
    ToolResponse answer(String id) {
        Call call = calls.get(id);
        return call == null ? null : call.durable().getNow(null);
    }

    /** All answers to a request that the log has. */
    List<ToolResponse> answers(String id) {
        List<ToolResponse> all = new ArrayList<>();
        try (Tail _ = bus.tail(TailFrom.beginning(Catalogue.TOOL_RESPONSE), (answer, _, _) -> {
            if (answer.body().getRequestId().equals(id)) {
                all.add(answer.body());
            }
        })) {
            run();
        }
        return all;
    }

    ErrorKind failure(String id) {
        return error(id).getKind();
    }

    ToolError error(String id) {
        ToolResponse answer = answer(id);
        if (answer == null || answer.getError() == null) {
            throw new AssertionError("request " + id + " has not failed: " + answer);
        }
        return answer.getError();
    }

    /** The ids of the requests that are executed now. */
    List<String> running() {
        return List.copyOf(running.keySet());
    }

    Slot slot(String id) {
        return held(id).work.slot();
    }

    /** The execution of a request ends with success. */
    void end(String id) {
        held(id).end();
    }

    private Held held(String id) {
        Held held = running.get(id);
        if (held == null) {
            throw new AssertionError("request " + id + " is not executed; " + running.keySet() + " are");
        }
        return held;
    }

    private final class Held implements Executions.Execution {

        private final Work work;
        private final Consumer<Outcome> then;

        Held(Work work, Consumer<Outcome> then) {
            this.work = work;
            this.then = then;
        }

        @Override
        public void run() {
            began.add(work.request().getRequestId());
            running.put(work.request().getRequestId(), this);
        }

        @Override
        public void stop() {
            if (!clinging) {
                process.execute(this::end);
            }
        }

        private void end() {
            if (running.remove(work.request().getRequestId(), this)) {
                then.accept(new Outcome.Success("{}"));
            }
        }
    }

    private record Specified(ToolSpec<None, None> spec) implements Tool<None, None> {

        @Override
        public None execute(None input, ToolContext context) {
            throw new IllegalStateException("the test ends it");
        }
    }

    static final class Unobserved implements Observer {

        @Override
        public void answered(Work work, ToolResponse response) {
            // the test reads the log
        }

        @Override
        public void clings(Work work) {
            // the test has said so
        }
    }
}
