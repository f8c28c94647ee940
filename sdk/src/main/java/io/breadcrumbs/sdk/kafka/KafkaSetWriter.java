package io.breadcrumbs.sdk.kafka;

import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.log.LogRecord;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.log.SetWriter;
import io.breadcrumbs.sdk.operate.KafkaSays;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;

/**
 * Writes each set in a transaction. The broker lets one producer of a transactional id live, which is how a writer is
 * fenced. A producer that failed is thrown away: the next one settles what it left. A thread of its own owns it.
 */
final class KafkaSetWriter implements SetWriter {

    private final String name;
    private final Supplier<KafkaProducer<byte[], byte[]>> producers;
    private final KafkaRecords records;
    private final ExecutorService thread;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    /** @param producers makes producers with the transactional id of the name */
    KafkaSetWriter(String name, Supplier<KafkaProducer<byte[], byte[]>> producers, KafkaRecords records) {
        this.name = name;
        this.producers = producers;
        this.records = records;
        thread = Executors.newSingleThreadExecutor(
                Thread.ofVirtual().name("writer " + name).factory());
    }

    @Override
    public CompletableFuture<Void> open() {
        return onThread(() -> {
                    drop();
                    KafkaProducer<byte[], byte[]> next = producers.get();
                    producer = next;
                    next.initTransactions();
                    return true;
                })
                .handle((_, failure) -> {
                    if (failure != null) {
                        throw new BusException(
                                ErrorCode.AWAY, "the writer " + name + " cannot be opened: " + why(failure), failure);
                    }
                    return null;
                });
    }

    @Override
    public CompletableFuture<Written> write(List<LogRecord> set) {
        return onThread(() -> append(set)).exceptionally(failure -> new Written.Unknown(why(failure)));
    }

    private Written append(List<LogRecord> set) {
        KafkaProducer<byte[], byte[]> current = producer;
        if (current == null) {
            return new Written.Unknown("the writer is not open");
        }
        try {
            current.beginTransaction();
            List<Future<RecordMetadata>> sent = new ArrayList<>(set.size());
            for (LogRecord record : set) {
                sent.add(current.send(records.of(record)));
            }
            current.commitTransaction();
            List<Position> positions = new ArrayList<>(set.size());
            for (int i = 0; i < sent.size(); i++) {
                positions.add(
                        new Position(set.get(i).partition(), sent.get(i).get().offset()));
            }
            return new Written.Whole(positions);
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            drop();
            return new Written.Fenced(KafkaSays.why(e));
        } catch (KafkaException | ExecutionException e) {
            drop();
            return new Written.Unknown(KafkaSays.why(e));
        } catch (InterruptedException e) {
            drop();
            Thread.currentThread().interrupt();
            return new Written.Unknown("interrupted");
        }
    }

    private static String why(Throwable failure) {
        return failure instanceof RejectedExecutionException ? "the writer is closed" : KafkaSays.why(failure);
    }

    private void drop() {
        KafkaProducer<byte[], byte[]> last = producer;
        producer = null;
        if (last != null) {
            last.close(Duration.ZERO);
        }
    }

    private <T extends @Nullable Object> CompletableFuture<T> onThread(Supplier<T> act) {
        CompletableFuture<T> done = new CompletableFuture<>();
        try {
            thread.execute(() -> {
                try {
                    done.complete(act.get());
                } catch (RuntimeException e) {
                    done.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            done.completeExceptionally(e);
        }
        return done;
    }

    /** Waits for the set that is under way. */
    @Override
    public void close() {
        onThread(() -> {
            drop();
            return true;
        });
        thread.close();
    }
}
