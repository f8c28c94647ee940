package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.schemas.wire.UndecodableException;
import io.breadcrumbs.sdk.Answers;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.PartitionReader;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/**
 * Reads which records were answered since a former owner committed last. On a thread of its own; asks again until it
 * has an answer, since who does not know it would repeat what is done.
 */
final class AnsweredSince<A extends SpecificRecord> {

    /** More ids than this are not remembered: what was answered beyond is repeated. */
    static final int IDS_AT_MOST = 200_000;

    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final Duration AGAIN = Duration.ofMillis(500);
    private static final int EMPTY_POLLS_AT_MOST = 50;

    private final Parts parts;
    private final Answers<?, A> answers;
    private final long[] from;

    private AnsweredSince(Parts parts, Answers<?, A> answers, long[] from) {
        this.parts = parts;
        this.answers = answers;
        this.from = from;
    }

    /** Calls {@code then} with the ids that were answered at these offsets of the answer partitions and later. */
    static void load(Parts parts, Answers<?, ?> answers, long[] from, Consumer<Set<String>> then) {
        new AnsweredSince<>(parts, answers, from).load(then);
    }

    private void load(Consumer<Set<String>> then) {
        CompletableFuture<?>[] asked = new CompletableFuture<?>[from.length];
        long[] ends = new long[from.length];
        for (int p = 0; p < from.length; p++) {
            int partition = p;
            asked[p] = parts.log().end(partition(p)).thenAccept(end -> ends[partition] = end);
        }
        CompletableFuture.allOf(asked).whenComplete((_, failure) -> {
            if (failure != null) {
                parts.time().after(AGAIN, () -> load(then));
            } else {
                parts.hands().execute(() -> read(ends, then));
            }
        });
    }

    private Partition partition(int number) {
        return new Partition(answers.topic().name(), number);
    }

    private void read(long[] ends, Consumer<Set<String>> then) {
        Map<Integer, Long> left = new TreeMap<>();
        for (int p = 0; p < from.length; p++) {
            if (from[p] < ends[p]) {
                left.put(p, ends[p]);
            }
        }
        Set<String> ids = new HashSet<>();
        if (!left.isEmpty()) {
            try (PartitionReader reader = parts.log().reader()) {
                left.keySet().forEach(p -> reader.add(partition(p), from[p]));
                read(reader, left, ids);
            } catch (RuntimeException e) { // the broker or the registry is away
                parts.time().after(AGAIN, () -> load(then));
                return;
            }
        }
        then.accept(ids);
    }

    private void read(PartitionReader reader, Map<Integer, Long> left, Set<String> ids) {
        int empty = 0;
        while (!left.isEmpty() && empty < EMPTY_POLLS_AT_MOST && ids.size() < IDS_AT_MOST) {
            empty++;
            for (Fetched fetched : reader.poll(PATIENCE)) {
                empty = 0;
                note(fetched, ids);
                int partition = fetched.partition().number();
                left.computeIfPresent(partition, (_, end) -> fetched.offset() + 1 >= end ? null : end);
            }
        }
    }

    private void note(Fetched fetched, Set<String> ids) {
        byte[] value = fetched.record().value();
        if (value == null) {
            return;
        }
        try {
            if (!parts.wire().knows(value)) {
                parts.wire().learn(value);
            }
            ids.add(answers.answered().apply(parts.wire().decode(answers.topic(), value)));
        } catch (UndecodableException e) {
            return; // no answer to anybody
        }
    }
}
