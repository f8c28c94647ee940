package io.breadcrumbs.local.bench.runs;

import io.breadcrumbs.local.bench.Broker;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBrokers;
import io.breadcrumbs.sdk.operate.Brokers;
import io.breadcrumbs.sdk.operate.TopicReport;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What runs leave behind on the brokers.
 *
 * @param topics bytes of the platform's topics; not those of the benchmark's bare clients
 */
record Footprint(Map<String, Long> topics) {

    private static final String BARE = "bench.bare.";
    private static final int NAMED = 5;

    /** As it is now. */
    static Footprint of(Broker broker) {
        try (Brokers brokers = KafkaBrokers.of(BusSettings.of(broker.kafka(), broker.registry(), "bench"))) {
            return new Footprint(brokers.reports().stream()
                    .filter(topic -> !topic.topic().startsWith(BARE))
                    .collect(Collectors.toMap(TopicReport::topic, TopicReport::bytes)));
        }
    }

    /** How much more it is than earlier, for each of so many runs since, for people. */
    String each(Footprint earlier, long runs) {
        Map<String, Long> each = topics.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        topic -> (topic.getValue() - earlier.topics.getOrDefault(topic.getKey(), 0L)) / runs));
        String most = each.entrySet().stream()
                .filter(topic -> topic.getValue() > 0)
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(NAMED)
                .map(topic -> topic.getKey() + " " + topic.getValue())
                .collect(Collectors.joining(", "));
        long sum = each.values().stream().mapToLong(Long::longValue).sum();
        return String.format(Locale.ROOT, "a run leaves %d bytes on the brokers: %s", sum, most);
    }
}
