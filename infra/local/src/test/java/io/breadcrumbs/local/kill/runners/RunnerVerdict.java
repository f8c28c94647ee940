package io.breadcrumbs.local.kill.runners;

import io.breadcrumbs.local.kill.Fleet.Member;
import io.breadcrumbs.local.kill.Trail.Kind;
import io.breadcrumbs.local.kill.Trail.Note;
import io.breadcrumbs.local.kill.runners.AnswersSeen.Answer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What became of all requests. Made once, when everything has ended. */
final class RunnerVerdict {

    private static final String UNKNOWN = "OUTCOME_UNKNOWN";

    private final Map<String, List<Execution>> executions = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private final Set<String> acknowledged;
    private int answeredAgain;
    private int executedAgain;
    private int unknown;
    private int neverRan;

    private record Execution(Member by, long atMs) {}

    RunnerVerdict(Set<String> acknowledged, Map<String, List<Answer>> answers, Collection<Member> members) {
        this.acknowledged = acknowledged;
        members.forEach(this::add);
        if (acknowledged.isEmpty()) {
            faults.add("nothing was acknowledged: there was no load");
        }
        acknowledged.stream().filter(id -> !answers.containsKey(id)).forEach(id -> faults.add(id + ": no answer"));
        answers.forEach(this::judge);
    }

    private void add(Member member) {
        for (Note note : member.trail().notes()) {
            if (note.kind() == Kind.EXECUTED) {
                executions.computeIfAbsent(note.id(), _ -> new ArrayList<>(1)).add(new Execution(member, note.atMs()));
            }
        }
    }

    private void judge(String id, List<Answer> answers) {
        Answer effective = answers.getFirst();
        boolean once = KillTools.mayRunOnce(effective.response().getTool());
        List<Execution> all = executions.getOrDefault(id, List.of()).stream()
                .sorted(Comparator.comparingLong(Execution::atMs))
                .toList();
        answeredAgain += answers.size() - 1;
        executedAgain += Math.max(0, all.size() - 1);
        if (once && effective.error().equals(UNKNOWN)) {
            unknown++;
            neverRan += all.isEmpty() ? 1 : 0;
        } else if (!effective.error().isEmpty()) {
            faults.add(id + ": answered " + effective.error());
        } else if (all.isEmpty()) {
            faults.add(id + ": answered without being executed");
        }
        if (once && all.size() > 1) {
            faults.add(id + ": must never run twice, and ran " + all.size() + " times");
        }
        all.stream()
                .filter(one -> one.atMs() > effective.seenAtMs())
                .forEach(late -> faults.add(
                        id + ": executed " + (late.atMs() - effective.seenAtMs()) + " ms after it was answered"));
        for (int i = 1; i < all.size(); i++) {
            if (all.subList(0, i).stream().anyMatch(before -> !before.by().killed())) {
                faults.add(id + ": executed again though who had it was not killed");
            }
        }
    }

    /** What a caller was told differs from what the log says first. */
    void told(String id, String otherwise) {
        faults.add(id + ": its caller was told " + otherwise);
    }

    /** What must not be, one sentence each; empty if all is well. */
    List<String> faults() {
        return faults;
    }

    /** How many requests were executed again, after a kill. */
    int executedAgain() {
        return executedAgain;
    }

    /** One line of figures. */
    @Override
    public String toString() {
        return "acknowledged " + acknowledged.size() + ", executed " + executions.size() + ", again after a kill "
                + executedAgain + ", answered again " + answeredAgain + ", outcome unknown " + unknown + " (" + neverRan
                + " were marked and not begun), faults "
                + faults.size();
    }
}
