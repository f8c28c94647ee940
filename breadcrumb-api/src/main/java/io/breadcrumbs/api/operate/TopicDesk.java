package io.breadcrumbs.api.operate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.api.stream.Place;
import io.breadcrumbs.api.stream.Source;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.operate.Brokers;
import io.breadcrumbs.sdk.operate.TopicRecords;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/** Topics, and streams of what stands in them. Each stream has a reader of its own, so there are few. Any thread. */
public final class TopicDesk {

    static final int STREAMS = 20;
    private static final int AT_ONCE = 4;

    private final Brokers brokers;
    private final Time time;
    private final Executor hands;
    private final Turns turns = new Turns(AT_ONCE);
    private final Semaphore room = new Semaphore(STREAMS);

    public TopicDesk(Brokers brokers, Time time, Executor hands) {
        this.brokers = brokers;
        this.time = time;
        this.hands = hands;
    }

    /** How many streams are open. */
    int open() {
        return STREAMS - room.availablePermits();
    }

    /** All topics. Blocks. */
    ObjectNode all() {
        ObjectNode shape = JsonNodeFactory.instance.objectNode();
        ArrayNode items = shape.putArray("items");
        turns.take(brokers::reports).forEach(report -> items.add(report.json()));
        return shape;
    }

    /** The records that are wanted. Blocks until it is known from where on. */
    Source records(Wanted wanted) {
        if (!room.tryAcquire()) {
            throw new ProblemException(
                    ProblemCode.UNAVAILABLE,
                    "this instance reads " + STREAMS + " topics for others, as many as it may");
        }
        try {
            return turns.take(() -> open(wanted));
        } catch (RuntimeException | Error e) {
            room.release();
            throw e;
        }
    }

    private Source open(Wanted wanted) {
        String topic = wanted.topic();
        demandTopic(topic);
        Map<Integer, Long> ends = brokers.ends(topic);
        String seen = wanted.seen();
        Place from = seen != null
                ? Place.checked(seen, Place.of(brokers.starts(topic)), Place.of(ends))
                : Place.of(wanted.fromBeginning() ? brokers.starts(topic) : ends);
        TopicRecords records = new TopicRecords(brokers, topic, from.offsets());
        return new RecordSource(
                wanted,
                new RecordSource.Reading(records, from, wanted.follow() ? null : ends),
                new RecordSource.Around(time, hands, room::release));
    }

    private void demandTopic(String topic) {
        Map<String, Integer> topics = brokers.topics();
        if (!Served.records(topic) || !topics.containsKey(topic)) {
            throw new ProblemException(
                    ProblemCode.NOT_FOUND,
                    "no topic '" + topic + "'; there are "
                            + topics.keySet().stream().filter(Served::records).collect(Collectors.joining(", ")));
        }
    }
}
