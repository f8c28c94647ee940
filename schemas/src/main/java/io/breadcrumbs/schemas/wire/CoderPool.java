package io.breadcrumbs.schemas.wire;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Coders between uses: at most four for each processor, whatever the number of threads.
 *
 * <p>A thread looks into its own slot only, so that taking and giving back cost one atomic exchange each; whoever finds
 * it empty makes a new coder, and the one that is given back last stays. Virtual threads come by the thousand and live
 * for one record, which is why coders are not theirs.
 */
final class CoderPool {
    private final AtomicReferenceArray<@Nullable Coder> slots;

    CoderPool() {
        slots = new AtomicReferenceArray<>(
                Integer.highestOneBit(Runtime.getRuntime().availableProcessors()) * 4);
    }

    Coder take() {
        Coder coder = slots.getAndSet(slot(), null);
        return coder == null ? new Coder() : coder;
    }

    void give(Coder coder) {
        slots.setRelease(slot(), coder);
    }

    private int slot() {
        return (int) Thread.currentThread().threadId() & (slots.length() - 1);
    }
}
