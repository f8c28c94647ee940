package io.breadcrumbs.local.kill;

import io.breadcrumbs.local.kill.Fleet.Member;
import io.breadcrumbs.local.kill.Trail.Kind;
import io.breadcrumbs.local.kill.Trail.Note;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What came of a check.
 *
 * @param acknowledged requests that the log acknowledged to whoever published them
 * @param handled requests of which some process did the work, once or more
 * @param eager how often that was by the eager lane
 * @param lost acknowledged requests that nobody handled, or whose answer the log does not have
 */
record Verdict(int acknowledged, int handled, int eager, List<String> lost, Repeats repeats) {

    /** The commit interval of 200 ms, a step of the loop of 100 ms, and what two busy cores may add. */
    private static final long STEADY_AT_MOST_MS = 1_000;

    /** Survivors cannot commit while their group waits for a dead member's session, which is 6 s, to end. */
    private static final long UNSTEADY_AT_MOST_MS = 6_000 + STEADY_AT_MOST_MS;

    /**
     * What was handled again.
     *
     * @param open since the answer was not acknowledged at the kill
     * @param uncommitted since the answer was acknowledged and the offset not yet committed
     * @param oldestSteadyMs the longest time that such an answer had been there when its process was killed in peace
     * @param oldestUnsteadyMs the same, of processes that were killed soon after others
     * @param unexplained though somebody who had handled it before was not killed
     */
    record Repeats(int open, int uncommitted, long oldestSteadyMs, long oldestUnsteadyMs, List<String> unexplained) {}

    static Verdict of(Set<String> acknowledged, Set<String> answered, Collection<Member> members) {
        Counting counting = new Counting();
        members.forEach(counting::add);
        List<String> lost = acknowledged.stream()
                .filter(id -> !counting.handlings.containsKey(id) || !answered.contains(id))
                .toList();
        counting.handlings.forEach(counting::explain);
        return new Verdict(
                acknowledged.size(),
                counting.handlings.size(),
                counting.eager,
                lost,
                new Repeats(
                        counting.open,
                        counting.uncommitted,
                        counting.oldestSteadyMs,
                        counting.oldestUnsteadyMs,
                        counting.unexplained));
    }

    /** What must not be, one sentence each; empty if all is well. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        if (acknowledged == 0) {
            faults.add("nothing was acknowledged: there was no load");
        }
        if (!lost.isEmpty()) {
            faults.add("acknowledged and lost: " + lost);
        }
        if (!repeats.unexplained().isEmpty()) {
            faults.add("repeated though nobody was killed: " + repeats.unexplained());
        }
        late("a process killed in peace", repeats.oldestSteadyMs(), STEADY_AT_MOST_MS, faults);
        late("a process killed while its group changed", repeats.oldestUnsteadyMs(), UNSTEADY_AT_MOST_MS, faults);
        return faults;
    }

    private static void late(String what, long cameMs, long atMostMs, List<String> faults) {
        if (cameMs > atMostMs) {
            faults.add(what + ": expected repeats of what was done for " + atMostMs + " ms at most, came " + cameMs);
        }
    }

    /** One line of figures. */
    @Override
    public String toString() {
        return "acknowledged " + acknowledged + ", handled " + handled + " (" + eager
                + " times on the eager lane), lost " + lost.size() + ", repeats " + repeats.open()
                + " open at a kill + " + repeats.uncommitted() + " not yet committed (oldest "
                + repeats.oldestSteadyMs() + " ms, " + repeats.oldestUnsteadyMs()
                + " ms while the group changed), unexplained "
                + repeats.unexplained().size();
    }

    /** The work of a request, done by a process at a time. */
    private record Handling(Member by, long atMs) {}

    private static final class Counting {

        private final Map<String, List<Handling>> handlings = new HashMap<>();
        private final Map<Member, Map<String, Long>> done = new HashMap<>();
        private final List<String> unexplained = new ArrayList<>();
        private int eager;
        private int open;
        private int uncommitted;
        private long oldestSteadyMs;
        private long oldestUnsteadyMs;

        void add(Member member) {
            Map<String, Long> doneAt = new HashMap<>();
            for (Note note : member.trail().notes()) {
                if (note.kind().handled()) {
                    handlings
                            .computeIfAbsent(note.id(), _ -> new ArrayList<>(1))
                            .add(new Handling(member, note.atMs()));
                    eager += note.kind() == Kind.HANDLED_EAGER ? 1 : 0;
                } else if (note.kind() == Kind.DONE) {
                    doneAt.put(note.id(), note.atMs());
                }
            }
            done.put(member, doneAt);
        }

        void explain(String id, List<Handling> all) {
            Set<Member> seen = new HashSet<>();
            List<Handling> inOrder = all.stream()
                    .sorted(java.util.Comparator.comparingLong(Handling::atMs))
                    .toList();
            for (Handling handling : inOrder) {
                if (!seen.isEmpty()) {
                    explain(id, seen, handling);
                }
                seen.add(handling.by());
            }
        }

        /** A repeat is explained by the death of everybody who had the request before. */
        private void explain(String id, Set<Member> before, Handling repeat) {
            if (before.contains(repeat.by()) || before.stream().anyMatch(member -> !member.killed())) {
                unexplained.add(id);
                return;
            }
            boolean wasDone = false;
            for (Member member : before) {
                Long doneAt = done.getOrDefault(member, Map.of()).get(id);
                if (doneAt != null) {
                    wasDone = true;
                    aged(member, Math.max(0, member.killedAtMs() - doneAt));
                }
            }
            open += wasDone ? 0 : 1;
            uncommitted += wasDone ? 1 : 0;
        }

        private void aged(Member member, long ageMs) {
            if (member.killedSteady()) {
                oldestSteadyMs = Math.max(oldestSteadyMs, ageMs);
            } else {
                oldestUnsteadyMs = Math.max(oldestUnsteadyMs, ageMs);
            }
        }
    }
}
