package io.breadcrumbs.local.registry.store;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry's log, and the only thing that changes its state: a change is appended, and counts when the reader
 * thread has read it back. One registry at a time writes it, which the lock on the data folder ensures.
 */
public final class SchemasTopic implements AutoCloseable {

    public static final String NAME = "_schemas";

    private static final Logger LOG = LoggerFactory.getLogger(SchemasTopic.class);
    private static final TopicPartition PARTITION = new TopicPartition(NAME, 0);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LOOK_EVERY_MS = 20;

    private final RegistryState state;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread reader;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition advanced = lock.newCondition();
    private long position;
    private volatile boolean closing;
    private volatile boolean unsure;

    private SchemasTopic(
            RegistryState state, KafkaProducer<byte[], byte[]> producer, KafkaConsumer<byte[], byte[]> consumer) {
        this.state = state;
        this.producer = producer;
        this.consumer = consumer;
        this.reader = Thread.ofPlatform().name("registry-reader").daemon().unstarted(this::read);
    }

    /** Creates the topic if need be, and returns when the state stands as the log has it. */
    public static SchemasTopic open(String bootstrapServers, RegistryState state) {
        create(bootstrapServers);
        Map<String, Object> common = Map.of("bootstrap.servers", bootstrapServers, "client.id", "registry");
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                with(
                        common,
                        Map.of(
                                "acks",
                                "all",
                                "linger.ms",
                                0,
                                "delivery.timeout.ms",
                                8_000,
                                "request.timeout.ms",
                                4_000)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                with(common, Map.of("auto.offset.reset", "earliest", "enable.auto.commit", false)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(List.of(PARTITION));
        consumer.seekToBeginning(List.of(PARTITION));
        long end = consumer.endOffsets(List.of(PARTITION)).values().iterator().next();
        SchemasTopic topic = new SchemasTopic(state, producer, consumer);
        topic.reader.start();
        if (!topic.awaitPosition(end)) {
            topic.close();
            throw new IllegalStateException("cannot read " + NAME + " to its end " + end);
        }
        return topic;
    }

    /**
     * Whether the state holds every change that was ever appended, so that it may be decided upon. After an append of
     * unknown outcome it does again when a record that was appended later has been read back.
     */
    public boolean settled() {
        return !unsure || append(List.of(new Change.Other()));
    }

    /** Appends, and waits until all is read back; false if that could not be had in time: the outcome is unknown. */
    public boolean append(List<Change> changes) {
        unsure = true;
        unsure = !readBack(changes);
        return !unsure;
    }

    private boolean readBack(List<Change> changes) {
        try {
            long last = -1;
            List<Future<RecordMetadata>> sent = changes.stream()
                    .map(change -> producer.send(ChangeCodec.encode(NAME, change)))
                    .toList();
            for (Future<RecordMetadata> acknowledged : sent) {
                last = acknowledged
                        .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .offset();
            }
            return awaitPosition(last + 1);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("append to {} failed", NAME, e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofSeconds(1));
    }

    private void read() {
        try {
            while (!closing) {
                for (ConsumerRecord<byte[], byte[]> change : consumer.poll(Duration.ofMinutes(1))) {
                    state.apply(ChangeCodec.decode(change.key(), change.value()));
                }
                advance(consumer.position(PARTITION));
            }
        } catch (WakeupException e) {
            LOG.debug("reader of {} was asked to stop", NAME);
        } finally {
            // At once: the fetch that waits at the broker is of no more use.
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
    }

    private void advance(long to) {
        lock.lock();
        try {
            position = to;
            advanced.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitPosition(long wanted) {
        long nanos = PATIENCE.toNanos();
        lock.lock();
        try {
            while (position < wanted) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = advanced.awaitNanos(nanos);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private static void create(String bootstrapServers) {
        // As many copies as its brokers keep of any topic.
        NewTopic topic =
                new NewTopic(NAME, Optional.of(1), Optional.empty()).configs(Map.of("cleanup.policy", "compact"));
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(topic)).all().get();
            awaitKnown(admin);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("cannot create " + NAME, e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating " + NAME, e);
        }
    }

    /** The broker hears of a topic a moment after the controller, and tells who asks before that there is none. */
    private static void awaitKnown(Admin admin) throws ExecutionException, InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!admin.listTopics().names().get().contains(NAME) && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
        }
    }

    private static Map<String, Object> with(Map<String, Object> common, Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(common);
        all.putAll(more);
        return all;
    }
}
