package io.breadcrumbs.runner.slot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The execution slots of a runner, and the bounds of tools and workspaces within them.
 *
 * <p>A newcomer needs a free slot; while there is none it is refused, and the log keeps it. One that has a slot, and
 * whose tool or workspace is at its bound, gives it up and waits in the lobby, so that those who stand behind it in the
 * log pass. Of all who wait for a slot, in the lobby or after waiting for something else, the oldest goes first whose
 * bounds have room; newcomers get what these leave. The lobby is bounded: while it is full, a newcomer whose tool or
 * workspace is at its bound is refused too, and those behind it in the log wait.
 *
 * <p>Thread-safe; calls nobody under its monitor, which guards the slots as well.
 */
public final class Permits {

    /** So many works may wait that were never executed, with so many characters of input in all. */
    static final int LOBBY_AT_MOST = 10_000;

    static final long LOBBY_CHARS_AT_MOST = 8 << 20;

    private final int all;
    private final Map<String, Integer> tools = new HashMap<>();
    private final Map<String, Integer> workspaces = new HashMap<>();
    private final Map<Bounds, TreeSet<Slot>> waiting = new HashMap<>();
    private int free;
    private long made;
    private int lobby;
    private long lobbyChars;

    /** @param all executions at once */
    public Permits(int all) {
        this.all = all;
        this.free = all;
    }

    /** A slot for a newcomer, as far as its bounds are known; null if there is no room for it. */
    public synchronized @Nullable Slot take(Bounds bounds) {
        boolean lobbyFull = lobby >= LOBBY_AT_MOST || lobbyChars >= LOBBY_CHARS_AT_MOST;
        if (free == 0 || (lobbyFull && atBound(bounds))) {
            return null;
        }
        free--;
        return new Slot(this, made++);
    }

    /** See {@link Slot#enter}. */
    boolean enter(Slot slot, Bounds bounds, int inputChars, Runnable then) {
        List<Runnable> granted;
        synchronized (this) {
            if (slot.state != Slot.State.HELD) {
                return false; // its work has ended
            }
            slot.bounds = bounds;
            if (!atBound(bounds)) {
                count(bounds, 1);
                return true;
            }
            free++;
            slot.lobbyChars = inputChars;
            lobby++;
            lobbyChars += inputChars;
            await(slot, then);
            granted = grant();
        }
        granted.forEach(Runnable::run);
        return false;
    }

    /** The slot's work is about to wait for something else. */
    void giveBack(Slot slot) {
        List<Runnable> granted;
        synchronized (this) {
            if (slot.state != Slot.State.HELD) {
                return;
            }
            slot.state = Slot.State.AWAY;
            granted = release(slot);
        }
        granted.forEach(Runnable::run);
    }

    /** Calls {@code then} when the slot is there again: at once, or from who gives one back. */
    void takeAgain(Slot slot, Runnable then) {
        synchronized (this) {
            if (slot.state == Slot.State.AWAY && (free == 0 || atBound(slot.bounds))) {
                await(slot, then);
                return;
            }
            if (slot.state == Slot.State.WAITING) {
                slot.then.add(then);
                return;
            }
            if (slot.state == Slot.State.AWAY) {
                hold(slot);
            }
        }
        then.run();
    }

    /** Nothing of the slot's work runs any more. */
    void end(Slot slot) {
        List<Runnable> told = List.of();
        synchronized (this) {
            boolean held = slot.state == Slot.State.HELD;
            if (slot.state == Slot.State.WAITING) {
                told = slot.lobbyChars >= 0 ? List.of() : List.copyOf(slot.then); // no thread is to wait for ever
                waitNoMore(slot);
            }
            slot.state = Slot.State.ENDED;
            if (held) {
                told = release(slot);
            }
        }
        told.forEach(Runnable::run);
    }

    /** How many slots are taken. */
    public synchronized int taken() {
        return all - free;
    }

    /** How many works wait in the lobby. */
    public synchronized int lobby() {
        return lobby;
    }

    /** Whether nothing is counted for any tool or workspace, and nobody waits. */
    synchronized boolean isEmpty() {
        return tools.isEmpty() && workspaces.isEmpty() && waiting.isEmpty();
    }

    // ------------------------------------------------------------------ under the monitor

    private void await(Slot slot, Runnable then) {
        slot.state = Slot.State.WAITING;
        slot.then.add(then);
        waiting.computeIfAbsent(slot.bounds, _ -> new TreeSet<>(Comparator.comparingLong(Slot::number)))
                .add(slot);
    }

    private void waitNoMore(Slot slot) {
        TreeSet<Slot> alike = waiting.get(slot.bounds);
        if (alike != null && alike.remove(slot) && alike.isEmpty()) {
            waiting.remove(slot.bounds);
        }
        if (slot.lobbyChars >= 0) {
            lobby--;
            lobbyChars -= slot.lobbyChars;
            slot.lobbyChars = Slot.NOT_IN_LOBBY;
        }
        slot.then.clear();
    }

    private void hold(Slot slot) {
        slot.state = Slot.State.HELD;
        free--;
        count(slot.bounds, 1);
    }

    private List<Runnable> release(Slot slot) {
        free++;
        count(slot.bounds, -1);
        return grant();
    }

    /** Gives what is free to those who wait; what they are to be told. */
    private List<Runnable> grant() {
        List<Runnable> granted = new ArrayList<>();
        for (Slot next = next(); next != null; next = next()) {
            granted.addAll(next.then);
            waitNoMore(next);
            hold(next);
        }
        return granted;
    }

    /** The oldest who may go; null if nobody may. */
    private @Nullable Slot next() {
        Slot oldest = null;
        if (free > 0) {
            for (Map.Entry<Bounds, TreeSet<Slot>> alike : waiting.entrySet()) {
                Slot first = alike.getValue().first();
                if ((oldest == null || first.number() < oldest.number()) && !atBound(alike.getKey())) {
                    oldest = first;
                }
            }
        }
        return oldest;
    }

    private boolean atBound(Bounds bounds) {
        return (bounds.toolAtMost() > 0 && tools.getOrDefault(bounds.tool(), 0) >= bounds.toolAtMost())
                || (bounds.workspaceAtMost() > 0
                        && workspaces.getOrDefault(bounds.workspace(), 0) >= bounds.workspaceAtMost());
    }

    private void count(Bounds bounds, int change) {
        if (bounds.toolAtMost() > 0) {
            count(tools, bounds.tool(), change);
        }
        if (bounds.workspaceAtMost() > 0) {
            count(workspaces, bounds.workspace(), change);
        }
    }

    private static void count(Map<String, Integer> counts, String key, int change) {
        counts.compute(key, (_, before) -> {
            int now = (before == null ? 0 : before) + change;
            return now == 0 ? null : now;
        });
    }
}
