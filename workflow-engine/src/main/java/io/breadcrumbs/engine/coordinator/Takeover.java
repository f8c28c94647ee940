package io.breadcrumbs.engine.coordinator;

import io.breadcrumbs.schemas.WorkflowEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a takeover has got. The coordinator acts when all is there: the memory has the takeover and all before it,
 * the journal was read from where effects may be missing up to it, and the answers that were in the log have come.
 */
final class Takeover {

    final String id;
    /** Batches whose effects the one before may not have sent. */
    final List<Unsent> unsent = new ArrayList<>();

    private long offset = -1;
    private boolean remembered;
    private boolean read;
    private boolean answersTaken;

    /** A batch, and where it stands. */
    record Unsent(WorkflowEvent batch, long offset) {}

    Takeover(String id) {
        this.id = id;
    }

    /** The offset of its record: the epoch. */
    long offset() {
        return offset;
    }

    void remembered(long at) {
        offset = at;
        remembered = true;
    }

    void read() {
        read = true;
    }

    void answersTaken() {
        answersTaken = true;
    }

    boolean complete() {
        return remembered && read && answersTaken;
    }
}
