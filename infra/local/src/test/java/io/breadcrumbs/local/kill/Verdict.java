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

    /**
     * What was handled again.
     *
     * @param open how often since the answer was not acknowledged at the kill
     * @param answered though the answer was acknowledged before the kill
     * @param unexplained though somebody who had handled it before was not killed
     */
    record Repeats(int open, List<String> answered, List<String> unexplained) {}

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
                new Repeats(counting.open, counting.answered, counting.unexplained));
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
        if (!repeats.answered().isEmpty()) {
            faults.add("repeated though it was answered: " + repeats.answered());
        }
        return faults;
    }

    /** One line of figures. */
    @Override
    public String toString() {
        return "acknowledged " + acknowledged + ", handled " + handled + " (" + eager
                + " times on the eager lane), lost " + lost.size() + ", repeats " + repeats.open()
                + " open at a kill, " + repeats.answered().size() + " answered before, "
                + repeats.unexplained().size() + " unexplained";
    }

    /** The work of a request, done by a process at a time. */
    private record Handling(Member by, long atMs) {}

    private static final class Counting {

        private final Map<String, List<Handling>> handlings = new HashMap<>();
        private final Map<Member, Set<String>> done = new HashMap<>();
        private final List<String> answered = new ArrayList<>();
        private final List<String> unexplained = new ArrayList<>();
        private int eager;
        private int open;

        void add(Member member) {
            Set<String> doneBy = new HashSet<>();
            for (Note note : member.trail().notes()) {
                if (note.kind().handled()) {
                    handlings
                            .computeIfAbsent(note.id(), _ -> new ArrayList<>(1))
                            .add(new Handling(member, note.atMs()));
                    eager += note.kind() == Kind.HANDLED_EAGER ? 1 : 0;
                } else if (note.kind() == Kind.DONE) {
                    doneBy.add(note.id());
                }
            }
            done.put(member, doneBy);
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
            boolean wasDone = before.stream()
                    .anyMatch(member -> done.getOrDefault(member, Set.of()).contains(id));
            if (wasDone) {
                answered.add(id);
            } else {
                open++;
            }
        }
    }
}
