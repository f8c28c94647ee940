package io.breadcrumbs.local.bench.runs;

import io.breadcrumbs.local.bench.Broker;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBrokers;
import io.breadcrumbs.sdk.operate.Brokers;
import io.breadcrumbs.sdk.operate.TopicReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What runs leave behind.
 *
 * @param topics bytes of the platform's topics on the brokers' disks; not those of the benchmark's bare clients
 * @param store bytes of the engine's folder
 */
record Footprint(Map<String, Long> topics, long store) {

    private static final String BARE = "bench.bare.";
    private static final int NAMED = 5;

    /** As it is now. */
    static Footprint of(Broker broker, Path state) throws IOException {
        Map<String, Long> topics;
        try (Brokers brokers = KafkaBrokers.of(BusSettings.of(broker.kafka(), broker.registry(), "bench"))) {
            topics = brokers.reports().stream()
                    .filter(topic -> !topic.topic().startsWith(BARE))
                    .collect(Collectors.toMap(TopicReport::topic, TopicReport::bytes));
        }
        try (Stream<Path> files = Files.walk(state)) {
            return new Footprint(
                    topics,
                    files.map(Path::toFile)
                            .mapToLong(file -> file.isFile() ? file.length() : 0)
                            .sum());
        }
    }

    /** How much more it is than earlier, for each of so many runs since, for people. */
    List<String> each(Footprint earlier, long runs) {
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
        return List.of(
                String.format(
                        Locale.ROOT,
                        "a run leaves %d bytes on the brokers: %s",
                        each.values().stream().mapToLong(Long::longValue).sum(),
                        most),
                String.format(
                        Locale.ROOT,
                        "and %d bytes in the engine's folder, of %d runs",
                        (store - earlier.store) / runs,
                        runs));
    }
}
