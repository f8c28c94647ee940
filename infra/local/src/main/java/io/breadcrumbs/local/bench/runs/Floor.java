package io.breadcrumbs.local.bench.runs;

import io.breadcrumbs.local.bench.BareClients;
import io.breadcrumbs.local.bench.BenchTopics;
import io.breadcrumbs.local.bench.Broker;
import io.breadcrumbs.local.bench.Samples;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * F, the floor of a shape: a bare producer appends the records that such a run writes, hands each request to a virtual
 * thread that appends the answer, goes on behind an answer when that is on its way, and awaits the last acknowledgement
 * alone.
 */
final class Floor implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 20;

    private final Script script;
    private final Map<String, Script.Line> answers = new HashMap<>();
    private final KafkaProducer<String, byte[]> producer;

    Floor(Broker broker, Script script) {
        this.script = script;
        producer = BareClients.producer(broker.kafka());
        for (Script.Line line : script.lines()) {
            if (line.answers != null) {
                answers.put(line.answers, line);
            }
        }
    }

    /** One run after the other. Runs on a virtual thread. */
    void once(Samples samples, long untilNanos) throws InterruptedException, ExecutionException, TimeoutException {
        do {
            long begin = System.nanoTime();
            run();
            samples.add(System.nanoTime() - begin);
        } while (System.nanoTime() < untilNanos);
    }

    private void run() throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, CompletableFuture<Void>> answered = new HashMap<>();
        Future<RecordMetadata> last = CompletableFuture.failedFuture(new IllegalStateException("an empty script"));
        for (Script.Line line : script.lines()) {
            if (line.answers != null) {
                CompletableFuture<Void> answer = answered.remove(line.answers);
                if (answer != null) {
                    answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                }
            } else {
                last = send(line);
            }
            Script.Line answer = line.asks == null ? null : answers.get(line.asks);
            if (answer != null) {
                CompletableFuture<Void> sent = new CompletableFuture<>();
                answered.put(line.asks, sent);
                Thread.startVirtualThread(() -> {
                    send(answer);
                    sent.complete(null);
                });
            }
        }
        last.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private Future<RecordMetadata> send(Script.Line line) {
        return producer.send(new ProducerRecord<>(BenchTopics.WRITTEN, line.partition, line.key, line.value));
    }

    @Override
    public void close() {
        producer.close();
    }
}
