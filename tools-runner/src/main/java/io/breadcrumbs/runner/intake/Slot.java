package io.breadcrumbs.runner.intake;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The execution slot of one work: held while its tool computes, given back while it waits. Thread-safe. */
public final class Slot {

    private final Permits permits;
    private boolean held;
    private boolean ended;

    /** A slot whose permit has been taken. */
    Slot(Permits permits) {
        this.permits = permits;
        this.held = true;
    }

    /** The tool is about to wait. */
    public void giveBack() {
        synchronized (this) {
            if (!held) {
                return;
            }
            held = false;
        }
        permits.giveBack();
    }

    /** The tool has waited enough: blocks until there is a permit again. */
    public void takeAgain() throws InterruptedException {
        CompletableFuture<Void> again = new CompletableFuture<>();
        takeAgain(() -> again.complete(null));
        try {
            again.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a permit cannot fail", e);
        }
    }

    /** Calls {@code then} when there is a permit again; never, if the work has ended meanwhile. */
    void takeAgain(Runnable then) {
        permits.takeAgain(() -> {
            boolean tooLate;
            synchronized (this) {
                tooLate = ended || held;
                held |= !tooLate;
            }
            if (tooLate) {
                permits.giveBack();
            } else {
                then.run();
            }
        });
    }

    /** Nothing of the work runs any more. */
    void end() {
        synchronized (this) {
            ended = true;
            if (!held) {
                return;
            }
            held = false;
        }
        permits.giveBack();
    }
}
