package io.breadcrumbs.schemas.catalogue;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;

/**
 * Creates the topics of the catalogue and compares a cluster with it.
 *
 * <p>Blocks, as long as the admin client's own timeouts allow; failures of the cluster come as {@link KafkaException}.
 */
public final class TopicAdmin {
    /** The broker setting that says for how many minutes the offsets of a group without members are kept. */
    public static final String GROUP_OFFSETS = "offsets.retention.minutes";

    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(5);

    private final Admin admin;
    private final Settings settings;

    public TopicAdmin(Admin admin, Settings settings) {
        this.admin = admin;
        this.settings = settings;
    }

    /**
     * How topics are created, and what they are checked against.
     *
     * @param partitions number of partitions of every topic, fixed for ever
     * @param replication number of replicas of each partition; topics that have more are as good
     * @param minInsync number of replicas that acknowledge a record; topics that have more are as good
     */
    public record Settings(int partitions, int replication, int minInsync) {
        public static final int DEFAULT_PARTITIONS = 8;

        public Settings {
            atLeastOne("partitions", partitions);
            atLeastOne("replication", replication);
            atLeastOne("minInsync", minInsync);
            if (minInsync > replication) {
                throw new IllegalArgumentException(
                        "minInsync is at most replication " + replication + ", came " + minInsync);
            }
        }

        /** For one broker: records survive a kill. */
        public static Settings oneBroker() {
            return new Settings(DEFAULT_PARTITIONS, 1, 1);
        }

        /** For three brokers and more: records survive the loss of one. */
        public static Settings cluster() {
            return new Settings(DEFAULT_PARTITIONS, TopicSettings.STRONG_REPLICATION, TopicSettings.STRONG_MIN_INSYNC);
        }

        /** These, but at least strong where so many brokers answer that records can survive the loss of one. */
        Settings among(int brokers) {
            return brokers < TopicSettings.STRONG_REPLICATION
                    ? this
                    : new Settings(
                            partitions,
                            Math.max(replication, TopicSettings.STRONG_REPLICATION),
                            Math.max(minInsync, TopicSettings.STRONG_MIN_INSYNC));
        }

        private static void atLeastOne(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + " is at least 1, came " + value);
            }
        }
    }

    /**
     * Creates those topics that the cluster does not have, and waits until it tells of them; leaves the others as they
     * are. Gives back what it created. On three brokers and more they are strong, whatever the settings say, as the
     * check wants them.
     */
    public List<String> create(Collection<? extends Topic<?>> topics) {
        Set<String> present = get(admin.listTopics().names());
        Settings wanted = settings.among(get(admin.describeCluster().nodes()).size());
        List<NewTopic> missing = topics.stream()
                .filter(topic -> !present.contains(topic.name()))
                .map(topic -> created(topic, wanted))
                .toList();
        Set<String> created = new HashSet<>();
        admin.createTopics(missing).values().forEach((name, creation) -> {
            try {
                get(creation);
                created.add(name);
            } catch (TopicExistsException e) {
                // Another instance was quicker; check says whether it wanted the same.
            }
        });
        awaitKnown(created);
        return missing.stream().map(NewTopic::name).filter(created::contains).toList();
    }

    /** A creation is acknowledged by the controller; the brokers that are asked next learn of it a little later. */
    private void awaitKnown(Set<String> created) {
        long until = System.nanoTime() + KNOWN_WITHIN.toNanos();
        while (!get(admin.listTopics().names()).containsAll(created) && System.nanoTime() < until) {
            try {
                Thread.sleep(LOOK_EVERY);
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
    }

    /** Whatever is not as the catalogue wants it, in the order of the topics; an instance starts only if nothing is. */
    public List<TopicFault> check(Collection<? extends Topic<?>> topics) {
        return new TopicChecks(settings).faults(topics, state(topics));
    }

    private static NewTopic created(Topic<?> topic, Settings wanted) {
        return new NewTopic(topic.name(), wanted.partitions(), (short) wanted.replication())
                .configs(TopicSettings.of(topic, wanted.minInsync()));
    }

    private ClusterState state(Collection<? extends Topic<?>> topics) {
        Collection<Node> brokers = get(admin.describeCluster().nodes());
        Set<String> present = new HashSet<>(get(admin.listTopics().names()));
        present.retainAll(topics.stream().map(Topic::name).collect(Collectors.toSet()));
        Map<String, TopicDescription> descriptions =
                get(admin.describeTopics(present).allTopicNames());
        Map<String, Map<String, String>> configs = settings(ConfigResource.Type.TOPIC, present);
        Map<String, TopicState> states = new HashMap<>();
        descriptions.forEach((name, description) -> states.put(
                name,
                new TopicState(
                        description.partitions().size(),
                        description.partitions().stream()
                                .mapToInt(partition -> partition.replicas().size())
                                .min()
                                .orElse(0),
                        configs.getOrDefault(name, Map.of()))));
        return new ClusterState(brokers.size(), states, groupOffsets(brokers));
    }

    /** The shortest time of any broker, since each of them may come to coordinate a group. */
    private Duration groupOffsets(Collection<Node> brokers) {
        Set<String> ids = brokers.stream().map(Node::idString).collect(Collectors.toSet());
        return settings(ConfigResource.Type.BROKER, ids).values().stream()
                .map(broker -> Duration.ofMinutes(Long.parseLong(broker.getOrDefault(GROUP_OFFSETS, "0"))))
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private Map<String, Map<String, String>> settings(ConfigResource.Type type, Set<String> names) {
        List<ConfigResource> resources =
                names.stream().map(name -> new ConfigResource(type, name)).toList();
        return get(admin.describeConfigs(resources).all()).entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().name(), entry -> values(entry.getValue())));
    }

    private static Map<String, String> values(Config config) {
        Map<String, String> values = new HashMap<>();
        for (ConfigEntry entry : config.entries()) {
            @Nullable String value = entry.value();
            if (value != null) {
                values.put(entry.name(), value);
            }
        }
        return values;
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause
                    ? cause
                    : new KafkaException("the cluster cannot be asked for its topics", e.getCause());
        }
    }
}
