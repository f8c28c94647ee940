package io.breadcrumbs.api.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.WorkflowCommand;
import io.breadcrumbs.schemas.WorkflowCommandKind;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.journal.Forks;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class WantedTest {

    private static final String STEPS = "[{\"id\": \"a\", \"tool\": \"echo\"}]";
    private static final Event.Fork FORK = new Event.Fork("from", "a", Value.of("{\"n\": 1}"));
    private static final Wanted START = new Wanted("here", STEPS, "{\"a\": 1, \"b\": 2}", null);
    private static final Wanted FORKED = new Wanted("here", STEPS, "{}", FORK);

    static final List<Wanted> OTHERS = List.of(
            new Wanted("there", STEPS, "{\"a\": 1, \"b\": 2}", null),
            new Wanted("here", STEPS.replace("echo", "nil"), "{\"a\": 1, \"b\": 2}", null),
            new Wanted("here", STEPS, "{\"a\": 1, \"b\": 3}", null),
            new Wanted("here", STEPS, "{\"a\": 1, \"b\": 2}", FORK));

    static final List<Event.Fork> OTHER_FORKS = List.of(
            new Event.Fork("another", "a", FORK.input()),
            new Event.Fork("from", "b", FORK.input()),
            new Event.Fork("from", "a", Value.of("{\"n\": 2}")),
            new Event.Fork("from", "a", null));

    private static WorkflowCommand command(Wanted wanted) {
        return WorkflowCommand.newBuilder()
                .setMeta(Metas.of(Catalogue.WORKFLOW_COMMAND, "r/start", wanted.workspace(), "me", Instant.EPOCH))
                .setCommandId("r/start")
                .setRunId("r")
                .setKind(wanted.fork() == null ? WorkflowCommandKind.START : WorkflowCommandKind.FORK)
                .setDefinition(wanted.definition())
                .setPayload(wanted.input())
                .setFork(Forks.record(wanted.fork()))
                .build();
    }

    private static Event.Started started(Wanted wanted) {
        return new Event.Started(
                wanted.definition(),
                Value.of(wanted.input()),
                new Event.Origin("name", "you", null, 0, wanted.fork()),
                null,
                List.of());
    }

    private static boolean isSame(Wanted one, Wanted other) {
        boolean inTheLog = one.is(command(other));
        assertThat(one.is(other.workspace(), started(other))).isEqualTo(inTheLog);
        return inTheLog;
    }

    @Test
    void shouldBeTheSameHoweverItIsWritten() {
        Wanted again = new Wanted("here", STEPS.replace(" ", ""), "{\"b\":2,\"a\":1}", null);

        assertThat(isSame(START, START)).isTrue();
        assertThat(isSame(START, again)).isTrue();
        assertThat(isSame(FORKED, FORKED)).isTrue();
    }

    @ParameterizedTest
    @FieldSource("OTHERS")
    void shouldBeAnotherOne(Wanted other) {
        assertThat(isSame(START, other)).isFalse();
        assertThat(isSame(other, START)).isFalse();
    }

    @ParameterizedTest
    @FieldSource("OTHER_FORKS")
    void shouldBeAnotherFork(Event.@Nullable Fork fork) {
        Wanted other = new Wanted("here", STEPS, "{}", fork);

        assertThat(isSame(FORKED, other)).isFalse();
        assertThat(isSame(other, FORKED)).isFalse();
    }

    @Test
    void shouldNotBeAStartThatNamesItsWorkflow() {
        WorkflowCommand named = WorkflowCommand.newBuilder(command(START))
                .setDefinition(null)
                .setDefinitionRef("stored")
                .build();

        assertThat(START.is(named)).isFalse();
    }
}
