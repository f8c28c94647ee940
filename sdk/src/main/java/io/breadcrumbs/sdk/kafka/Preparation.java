package io.breadcrumbs.sdk.kafka;

import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.schemas.catalogue.TopicAdmin;
import io.breadcrumbs.schemas.catalogue.TopicFault;
import io.breadcrumbs.schemas.wire.RegistryException;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.Readiness;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.operate.KafkaSays;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets ready what the bus must have before it can work without waiting: topics that are what the catalogue says, their
 * metadata, their schemas. It keeps trying, says what is missing, and then looks after topics that are wanted later:
 * those of pools, which are made when first wanted. One thread of its own.
 */
final class Preparation implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);
    private static final Duration EAGERLY = Duration.ofMillis(50);
    private static final Duration CALMLY = Duration.ofMillis(500);
    /** So many rounds in which something is missing, one after the other. */
    private static final int EAGER_ROUNDS = 100;

    /** Once all is there, every so many rounds it is looked whether the broker still is. */
    private static final int LOOK_EVERY_ROUNDS = 4;

    private final KafkaLog log;
    private final Wire wire;
    private final TopicAdmin topics;
    private final String brokers;
    private final Complaint complaint;
    private final Set<String> wanted = ConcurrentHashMap.newKeySet();
    private final Set<String> prepared = new HashSet<>();
    /** Has a permit when something is wanted that was not before. */
    private final Semaphore called = new Semaphore(0);

    private volatile boolean closed;
    private volatile List<String> missing;
    private int calm;

    /** @param brokers where the log is looked for, for messages */
    Preparation(KafkaLog log, Wire wire, TopicAdmin topics, String brokers, Complaint complaint) {
        this.log = log;
        this.wire = wire;
        this.topics = topics;
        this.brokers = brokers;
        this.complaint = complaint;
        missing = List.of("the broker at " + brokers + " has not answered yet");
        Catalogue.topics().forEach(topic -> wanted.add(topic.name()));
    }

    Readiness readiness() {
        return new Readiness(missing);
    }

    /** Somebody asked for a topic that is not known yet. From any thread. */
    void want(String topic) {
        if (Catalogue.topic(topic).isPresent() && wanted.add(topic)) {
            called.release();
        }
    }

    void close() {
        closed = true;
    }

    @Override
    public void run() {
        int rounds = 0;
        while (!closed) {
            List<String> faults = attempt();
            missing = List.copyOf(faults);
            say(faults);
            rounds = faults.isEmpty() ? 0 : rounds + 1;
            try {
                Duration pause = faults.isEmpty() || rounds > EAGER_ROUNDS ? CALMLY : EAGERLY;
                if (called.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                    called.drainPermits();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** This thread must go on whatever happens: without it the bus would never become ready, nor say why. */
    private List<String> attempt() {
        try {
            return round();
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("event", "bus-not-ready").setCause(e).log("the bus cannot be prepared");
            return List.of("the bus cannot be prepared; the log of this process says why");
        }
    }

    private void say(List<String> faults) {
        if (closed) {
            return; // what is missing now was taken away on purpose
        }
        if (faults.isEmpty()) {
            complaint
                    .ready()
                    .ifPresent(text ->
                            LOG.atInfo().addKeyValue("event", "bus-ready").log(text));
        } else {
            complaint
                    .missing(faults)
                    .ifPresent(text ->
                            LOG.atWarn().addKeyValue("event", "bus-not-ready").log(text));
        }
    }

    private List<String> round() {
        List<String> faults = new ArrayList<>();
        List<Topic<?>> open = wanted.stream()
                .filter(topic -> !prepared.contains(topic))
                .sorted()
                .<Topic<?>>map(topic -> Catalogue.topic(topic).orElseThrow())
                .toList();
        if (open.isEmpty()) {
            calm++;
            return calm % LOOK_EVERY_ROUNDS == 0 ? look() : missing;
        }
        try {
            topics.create(open.stream().filter(Catalogue::isOfPool).toList());
            for (TopicFault fault : topics.check(open)) {
                faults.add(fault.toString());
            }
        } catch (KafkaException e) {
            return List.of(away(KafkaSays.why(e)));
        }
        if (faults.isEmpty()) {
            open.forEach(topic -> prepare(topic, faults));
        }
        return faults;
    }

    private List<String> look() {
        try {
            log.end(new Partition(Catalogue.TOOL_REQUEST.name(), 0)).join();
            return List.of();
        } catch (CompletionException e) {
            return List.of(away(KafkaSays.why(e)));
        }
    }

    private String away(String why) {
        return "the broker at " + brokers + " does not answer (" + why
                + "): check that it runs, and that this is its address";
    }

    private void prepare(Topic<?> topic, List<String> faults) {
        try {
            wire.prepare(topic);
        } catch (RegistryException e) {
            faults.add(String.valueOf(e.getMessage()));
            return;
        }
        if (log.load(topic.name())) {
            prepared.add(topic.name());
        } else {
            faults.add("topic " + topic + ": its partitions are not known yet");
        }
    }
}
