package io.breadcrumbs.sdk.journal;

import io.breadcrumbs.schemas.Fork;
import io.breadcrumbs.schemas.StepOutput;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a run was forked from and what it was given, as commands and journals have it. */
public final class Forks {

    private Forks() {}

    public static @Nullable Fork record(Event.@Nullable Fork fork) {
        return fork == null ? null : new Fork(fork.runId(), fork.step(), text(fork.input()));
    }

    public static Event.@Nullable Fork event(@Nullable Fork fork) {
        return fork == null ? null : new Event.Fork(fork.getRunId(), fork.getStepId(), value(fork.getInput()));
    }

    public static List<StepOutput> records(List<Event.Given> given) {
        return given.stream()
                .map(one -> new StepOutput(one.step(), text(one.output())))
                .toList();
    }

    public static List<Event.Given> events(List<StepOutput> given) {
        return given.stream()
                .map(one -> new Event.Given(one.getStepId(), value(one.getOutput())))
                .toList();
    }

    private static @Nullable String text(@Nullable Value value) {
        return value == null ? null : value.toString();
    }

    private static @Nullable Value value(@Nullable String text) {
        return text == null ? null : Value.of(text);
    }
}
