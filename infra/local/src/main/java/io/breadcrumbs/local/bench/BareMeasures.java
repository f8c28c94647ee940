package io.breadcrumbs.local.bench;

import io.breadcrumbs.local.bench.Rounds.Measure;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What bare clients of Kafka can do: the units in which the bus is measured. */
public final class BareMeasures implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 20;

    private final byte[] value = Echo.bytes();
    private final KafkaProducer<String, byte[]> producer;
    private final BareClients.Reader reader;
    private final Arrival polled = new Arrival("bare_poll");
    private final Arrival back = new Arrival("bare_two_hops");
    private final Flow flow = new Flow(this::send);
    private long sent;

    public BareMeasures(Broker broker) {
        producer = BareClients.producer(broker.kafka());
        reader = new BareClients.Reader(
                broker.kafka(), List.of(BenchTopics.POLLED, BenchTopics.BACK, BenchTopics.FLOW), this::came);
    }

    private void came(ConsumerRecord<String, byte[]> record, long nanos) {
        switch (record.topic()) {
            case BenchTopics.POLLED -> polled.came(record.key(), nanos);
            case BenchTopics.BACK -> back.came(record.key(), nanos);
            default -> flow.done(record.key(), nanos);
        }
    }

    /** Records per second, sent and polled. */
    public Flow flow() {
        return flow;
    }

    private void send(String key) {
        producer.send(new ProducerRecord<>(BenchTopics.FLOW, key, value), (_, failure) -> {
            if (failure != null) {
                flow.failed(failure);
            }
        });
    }

    /** R: a record, sent until acknowledged. */
    public void acknowledged(Samples samples, long untilNanos)
            throws InterruptedException, ExecutionException, TimeoutException {
        while (System.nanoTime() < untilNanos) {
            long start = System.nanoTime();
            producer.send(new ProducerRecord<>(BenchTopics.WRITTEN, 0, null, value))
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            samples.add(System.nanoTime() - start);
        }
    }

    /** H: a record, sent until out of poll. */
    public void polled(Samples samples, long untilNanos) throws InterruptedException, TimeoutException {
        sendAndAwait(BenchTopics.POLLED, polled, samples, untilNanos);
    }

    /** A record to another process, which sends it back. */
    public void twoHops(Samples samples, long untilNanos) throws InterruptedException, TimeoutException {
        sendAndAwait(BenchTopics.THERE, back, samples, untilNanos);
    }

    private void sendAndAwait(String topic, Arrival arrival, Samples samples, long untilNanos)
            throws InterruptedException, TimeoutException {
        while (System.nanoTime() < untilNanos) {
            String key = Flow.RUN + ++sent;
            arrival.expect(key);
            long start = System.nanoTime();
            producer.send(new ProducerRecord<>(topic, key, value));
            samples.add(arrival.await() - start);
        }
    }

    /**
     * F, the floor of a local request: append the request, hand it to a virtual thread, append the answer, complete.
     * Runs on a virtual thread.
     *
     * @param atMost how many may wait for their acknowledgement
     */
    public Measure floor(int atMost) {
        return (samples, untilNanos) -> floor(atMost, samples, untilNanos);
    }

    private void floor(int atMost, Samples samples, long untilNanos)
            throws InterruptedException, ExecutionException, TimeoutException {
        Semaphore outstanding = new Semaphore(atMost);
        while (System.nanoTime() < untilNanos) {
            outstanding.acquire();
            long start = System.nanoTime();
            ProducerRecord<String, byte[]> request = new ProducerRecord<>(BenchTopics.WRITTEN, 0, "request", value);
            producer.send(request);
            CompletableFuture<ProducerRecord<String, byte[]>> answered = new CompletableFuture<>();
            Thread.startVirtualThread(() -> {
                ProducerRecord<String, byte[]> answer = new ProducerRecord<>(BenchTopics.WRITTEN, 1, "answer", value);
                producer.send(answer, (_, _) -> outstanding.release());
                answered.complete(answer);
            });
            answered.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            samples.add(System.nanoTime() - start);
        }
        outstanding.acquire(atMost);
    }

    @Override
    public void close() {
        reader.close();
        producer.close();
    }
}
