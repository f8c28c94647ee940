package io.breadcrumbs.local.publish;

import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.log.Position;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;

/** One text's records on their way: in its order, and not beyond the first that fails. One thread. */
final class Sending {

    /** How many records may wait for their acknowledgement. */
    private static final int WINDOW = 500;

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Bus bus;
    private final Deque<Sent> outstanding = new ArrayDeque<>();
    private final List<String> positions = new ArrayList<>();
    private final List<Published.Failure> failures = new ArrayList<>();

    /** A record that the bus was given, and what will come of it. */
    private record Sent(int line, CompletableFuture<Position> durable) {}

    Sending(Bus bus) {
        this.bus = bus;
    }

    Published send(List<Publication<?>> publications) throws InterruptedException {
        int tried = 0;
        while (tried < publications.size() && failures.isEmpty()) {
            offer(publications.get(tried));
            tried++;
            if (outstanding.size() == WINDOW) {
                settleOldest();
            }
        }
        settleAll();
        return new Published(positions, failures, publications.size() - tried);
    }

    /** Gives one record to the bus; when it has no room, or does not know the topic yet, again in a moment. */
    private void offer(Publication<?> publication) throws InterruptedException {
        if (publication.large()) {
            settleAll(); // its body goes first, and nothing is to overtake it
        }
        long until = System.nanoTime() + PATIENCE.toNanos();
        Sent sent = publish(publication);
        while (refused(sent) && System.nanoTime() < until) {
            if (outstanding.isEmpty()) {
                Thread.sleep(PAUSE);
            } else {
                settleOldest();
            }
            sent = publish(publication);
        }
        outstanding.add(sent);
        if (publication.large()) {
            settleAll();
        }
    }

    private <V extends SpecificRecord> Sent publish(Publication<V> publication) {
        V value = publication.value();
        Draft<V> draft = value == null
                ? Draft.tombstone(publication.topic(), publication.key())
                : Draft.of(publication.topic(), publication.key(), value);
        return new Sent(publication.line(), bus.publish(draft));
    }

    /** Whether nothing was done, and trying again may help. */
    private static boolean refused(Sent sent) {
        return sent.durable().isCompletedExceptionally()
                && sent.durable().exceptionNow() instanceof BusException why
                && (why.code() == ErrorCode.CAPACITY || why.code() == ErrorCode.AWAY);
    }

    private void settleAll() throws InterruptedException {
        while (!outstanding.isEmpty()) {
            settleOldest();
        }
    }

    private void settleOldest() throws InterruptedException {
        Sent oldest = outstanding.remove();
        try {
            positions.add(oldest.durable().get().toString());
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            String reason =
                    cause instanceof BusException why ? String.valueOf(why.getMessage()) : String.valueOf(cause);
            failures.add(new Published.Failure(oldest.line(), reason));
        }
    }
}
