package io.breadcrumbs.sdk.testkit.workflow;

import io.breadcrumbs.sdk.condition.CelConditions;
import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.journal.HistoryFile;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.workflow.decide.Decider;
import io.breadcrumbs.sdk.workflow.decide.Facts;
import io.breadcrumbs.sdk.workflow.decide.Input;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Plans;
import io.breadcrumbs.sdk.workflow.run.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides again what a run's journal tells, with the code that is there now, and says what would be decided otherwise.
 * Nothing is asked for and nothing is written.
 *
 * <pre>
 * RunReplay replay = RunReplay.of(Path.of("order-17.jsonl")); // ./crumb run history order-17 --json
 * assertThat(replay.differences()).isEmpty();
 * assertThat(replay.with(changed).differences()).isEmpty();
 * </pre>
 *
 * <p>Inputs that were rejected or ignored are not decided again: the journal does not have them.
 */
public final class RunReplay {

    private final List<Recorded> history;
    private final @Nullable String definition;
    private final Plans plans = new Plans(new CelConditions());

    private RunReplay(List<Recorded> history, @Nullable String definition) {
        this.history = history;
        this.definition = definition;
    }

    /**
     * Something that would be decided otherwise.
     *
     * @param number of the event in the run, counted from 0, as {@code run history} shows it
     * @param inputId about which it was decided
     * @param journalled what was decided; null: nothing more
     * @param decided what would be decided now; null: nothing more
     */
    public record Difference(
            long number,
            String inputId,
            @Nullable Event journalled,
            @Nullable Event decided) {

        @Override
        public String toString() {
            return "event " + number + ", about " + inputId + ": the journal has " + text(journalled)
                    + ", now it would be " + text(decided);
        }

        private static String text(@Nullable Event event) {
            return event == null ? "nothing more" : event.toString();
        }
    }

    /** A replay of what {@code ./crumb run history ID --json} has printed. */
    public static RunReplay of(Path history) throws IOException {
        return of(Files.readAllLines(history));
    }

    /** A replay of these lines; an {@link IllegalArgumentException} says which of them is none of a run's history. */
    public static RunReplay of(List<String> history) {
        List<Journal.Batch> batches = HistoryFile.read(history);
        if (batches.isEmpty()) {
            throw new IllegalArgumentException("expected the history of a run, got no line");
        }
        return new RunReplay(batches.stream().map(Recorded::new).toList(), null);
    }

    /** The same with another definition, as if the run had been started with it. */
    public RunReplay with(String other) {
        return new RunReplay(history, other);
    }

    /**
     * The first event of each decision that would be another one now; none if all would be the same. Each decision
     * rests on what the journal has before it. They end where a run of this definition cannot have gone on as the
     * journal says.
     */
    public List<Difference> differences() {
        List<Difference> differences = new ArrayList<>();
        Run run = fresh();
        for (int i = 0; i < history.size(); i++) {
            Recorded then = history.get(i);
            Input input = input(then, run);
            Difference difference = input == null ? null : difference(run, then, input);
            if (difference != null) {
                differences.add(difference);
                run = fresh();
            }
            List<Recorded> since =
                    difference != null ? history.subList(0, i + 1) : input == null ? List.of(then) : List.of();
            if (!follow(run, since)) {
                return differences;
            }
        }
        return differences;
    }

    /** How many decisions are decided again; those about rejected and ignored inputs are not. */
    public long decisions() {
        return history.stream().filter(then -> input(then, fresh()) != null).count();
    }

    private Run fresh() {
        return new Run(history.getFirst().batch().runId(), plans);
    }

    private @Nullable Input input(Recorded then, Run run) {
        Input input = then.input(run);
        return input instanceof Input.Start start && definition != null
                ? new Input.Start(definition, start.input(), start.origin(), start.timeout(), start.given())
                : input;
    }

    /** Decides, and compares; the run has then taken the decision. */
    private @Nullable Difference difference(Run run, Recorded then, Input input) {
        long number = run.sequence();
        Facts facts = new Facts(then.now(), then.batch().epoch(), Recorded.tools(requests(then)));
        List<Event> decided = Decider.decide(run, input, facts).events();
        List<Event> journalled = then.events().stream().map(this::now).toList();
        for (int i = 0; i < Math.max(decided.size(), journalled.size()); i++) {
            Event before = i < journalled.size() ? journalled.get(i) : null;
            Event after = i < decided.size() ? decided.get(i) : null;
            if (!Objects.equals(before, after)) {
                return new Difference(number + i, then.batch().inputId(), before, after);
            }
        }
        return null;
    }

    /** What the catalogue had of tools is best known from the decision itself, and otherwise from the others. */
    private List<Event.Request> requests(Recorded then) {
        return Stream.concat(Stream.of(then), history.stream())
                .flatMap(one -> one.requests().stream())
                .toList();
    }

    /** An event as it would be if the run had the other definition: its start names that. */
    private Event now(Event event) {
        return event instanceof Event.Started started && definition != null
                ? new Event.Started(definition, started.input(), started.origin(), started.deadline(), started.given())
                : event;
    }

    /** Takes decisions as the journal has them; false if a run of this definition cannot. */
    private boolean follow(Run run, List<Recorded> decisions) {
        try {
            for (Recorded then : decisions) {
                for (Entry entry : then.batch().entries()) {
                    run.apply(now(entry.event()), entry.atMs());
                }
            }
            return true;
        } catch (RuntimeException e) {
            return false; // they need steps or elements that the definition does not have
        }
    }
}
