package io.breadcrumbs.runner.slot;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The execution slot of one work: held while its tool computes, given back while it waits. Thread-safe: its fields are
 * guarded by the monitor of its permits.
 */
public final class Slot {

    static final int NOT_IN_LOBBY = -1;

    enum State {
        HELD,
        /** Given back. */
        AWAY,
        /** Wanted, and not there yet. */
        WAITING,
        ENDED
    }

    final List<Runnable> then = new ArrayList<>(1);
    State state = State.HELD;
    Bounds bounds = Bounds.NONE;
    int lobbyChars = NOT_IN_LOBBY;

    private final Permits permits;
    private final long number;

    /** A slot that has been taken. */
    Slot(Permits permits, long number) {
        this.permits = permits;
        this.number = number;
    }

    /** Older slots have smaller numbers. */
    long number() {
        return number;
    }

    /** The tool is about to wait. */
    public void giveBack() {
        permits.giveBack(this);
    }

    /** The tool has waited enough: blocks until it has a slot again. */
    public void takeAgain() throws InterruptedException {
        CompletableFuture<Void> again = new CompletableFuture<>();
        takeAgain(() -> again.complete(null));
        try {
            again.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a slot cannot fail", e);
        }
    }

    /** Calls {@code then} when there is a slot again, or none will be needed any more. */
    public void takeAgain(Runnable then) {
        permits.takeAgain(this, then);
    }

    /**
     * Binds the slot to what its work counts against, as it is known now.
     *
     * @param inputChars what the work holds while it waits
     * @return true if it may go on at once; otherwise {@code then} is called when it may
     */
    public boolean enter(Bounds counts, int inputChars, Runnable then) {
        return permits.enter(this, counts, inputChars, then);
    }

    /** Nothing of the work runs any more. */
    public void end() {
        permits.end(this);
    }
}
