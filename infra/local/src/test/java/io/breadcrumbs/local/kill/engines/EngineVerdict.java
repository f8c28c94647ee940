package io.breadcrumbs.local.kill.engines;

import io.breadcrumbs.local.kill.Fleet.Member;
import io.breadcrumbs.local.kill.Trail.Kind;
import io.breadcrumbs.local.kill.Trail.Note;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of all runs. Made once, when everything has ended. */
final class EngineVerdict {

    private static final String UNKNOWN = "OUTCOME_UNKNOWN";
    /** The machine was too busy for the tool's timeout, and the tool must not run again. */
    private static final String TIMEOUT = "TIMEOUT";

    private final List<String> faults = new ArrayList<>();
    private final Map<String, Trial> started;
    private final long[] tookMs;
    private final Recoveries recoveries;
    private int unknown;
    private int executedAgain;

    /**
     * Judges.
     *
     * @param started the runs whose start the log has acknowledged
     * @param recoveries from the kills
     * @param weak topics that would lose records with a broker
     */
    EngineVerdict(
            Map<String, Trial> started,
            RunsSeen seen,
            Collection<Member> runners,
            Recoveries recoveries,
            Collection<String> weak) {
        this.started = Map.copyOf(started);
        this.recoveries = recoveries;
        if (started.isEmpty()) {
            faults.add("no start was acknowledged: there was no load");
        }
        weak.forEach(topic -> faults.add("topic " + topic + ": has too few copies"));
        seen.unreadable().forEach((run, why) -> faults.add(run + ": its journal cannot be read: " + why));
        started.forEach((run, trial) -> judge(run, trial, seen.stories().get(run)));
        seen.stories().forEach(this::judge);
        executions(runners).forEach((id, times) -> {
            executedAgain += times - 1;
            if (times > 1 && id.startsWith("pay ")) {
                faults.add(id + ": must never run twice, and ran " + times + " times");
            }
        });
        tookMs = seen.stories().values().stream()
                .mapToLong(RunsSeen.Story::tookMs)
                .sorted()
                .toArray();
    }

    private static Map<String, Integer> executions(Collection<Member> runners) {
        Map<String, Integer> all = new HashMap<>();
        for (Member runner : runners) {
            for (Note note : runner.trail().notes()) {
                if (note.kind() == Kind.EXECUTED) {
                    all.merge(note.id(), 1, Integer::sum);
                }
            }
        }
        return all;
    }

    /** A run that was asked for from outside. */
    private void judge(String run, Trial trial, RunsSeen.@Nullable Story story) {
        if (story == null) {
            faults.add(run + ": the journal has nothing of it");
            return;
        }
        for (Event.Ended end : story.ends()) {
            boolean may = story.failures().stream().anyMatch(failed -> may(failed, trial));
            if (end.status() == RunStatus.FAILED && may) {
                unknown++;
            } else if (end.status() != RunStatus.COMPLETED) {
                faults.add(run + ": " + end + " after " + story.failures());
            } else if (end.output() == null
                    || !trial.expected(run).equals(end.output().json())) {
                faults.add(run + ": expected " + trial.expected(run) + ", gave " + end.output());
            }
        }
    }

    /** Whether a run may fail because of this. */
    private static boolean may(Event.Failed failed, Trial trial) {
        return switch (failed.error().code()) {
            case UNKNOWN -> true;
            case TIMEOUT -> trial.once().equals(failed.at().toString());
            default -> false;
        };
    }

    /** Any run, children of others included. */
    private void judge(String run, RunsSeen.Story story) {
        if (story.starts() != 1) {
            faults.add(run + ": started " + story.starts() + " times");
        }
        if (story.ends().size() != 1) {
            faults.add(run + ": ended " + story.ends().size() + " times");
        }
        story.completedTwice().forEach(place -> faults.add(run + ": step " + place + " has more than one result"));
    }

    /** What must not be, one sentence each; empty if all is well. */
    List<String> faults() {
        return faults;
    }

    /** What took longer than it should, one sentence each. */
    List<String> late() {
        return recoveries.late();
    }

    /** One line of figures. */
    @Override
    public String toString() {
        long slowest = tookMs.length == 0 ? 0 : tookMs[tookMs.length - 1];
        long middle = tookMs.length == 0 ? 0 : tookMs[tookMs.length / 2];
        return "runs started " + started.size() + ", with their children " + tookMs.length
                + ", outcome unknown or too late " + unknown + ", executed again after a kill " + executedAgain
                + ", took ms p50 " + middle + " max "
                + slowest + ", faults " + faults.size() + "; " + recoveries;
    }
}
