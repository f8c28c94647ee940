package io.breadcrumbs.local.kill.brokers;

import io.breadcrumbs.local.kafka.Ports;
import io.breadcrumbs.local.kill.Fleet;
import io.breadcrumbs.local.kill.Fleet.Member;
import io.breadcrumbs.local.kill.Patience;
import io.breadcrumbs.schemas.catalogue.TopicAdmin;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;

/** A cluster of brokers, each of which starts on its own data, and on its own port, as often as it is killed. */
public final class Brokers implements AutoCloseable {

    private static final int HEAP_MB = 256;
    private static final Duration STARTED_WITHIN = Duration.ofMinutes(2);

    private final Fleet fleet;
    private final List<Integer> ports;
    private final Admin admin;

    private Brokers(Fleet fleet, List<Integer> ports) {
        this.fleet = fleet;
        this.ports = ports;
        admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrapServers()));
    }

    /** Returns when all of them can be reached. */
    public static Brokers start(int count, Path folder) throws IOException, InterruptedException {
        List<Integer> all = Stream.generate(() -> Ports.choose(0))
                .distinct()
                .limit(2L * count)
                .toList();
        String controllers =
                all.subList(count, 2 * count).stream().map(String::valueOf).collect(Collectors.joining(","));
        Fleet fleet =
                new Fleet(folder, BrokerProcess.class, List.of(Uuid.randomUuid().toString(), controllers), HEAP_MB);
        Brokers brokers = new Brokers(fleet, all.subList(0, count));
        for (int node = 1; node <= count; node++) {
            String name = "broker-" + node;
            String data = folder.resolve(name).toString();
            fleet.start(name, List.of(data, String.valueOf(node), String.valueOf(all.get(node - 1))));
        }
        Patience.await("all brokers can be reached", STARTED_WITHIN, brokers::complete);
        return brokers;
    }

    public String bootstrapServers() {
        return ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    /** How topics are made on so many brokers: records survive the loss of one if there are three. */
    public static TopicAdmin.Settings topics(int brokers) {
        return brokers < 3 ? TopicAdmin.Settings.oneBroker() : TopicAdmin.Settings.cluster();
    }

    /** Kills one and starts it again. Only where all copies are complete may another one be killed. */
    public void killAndRestart(int node) throws IOException, InterruptedException {
        Member victim = fleet.living("broker-" + node);
        fleet.killAndRestart(List.of(victim));
    }

    public int count() {
        return ports.size();
    }

    /** Whether all brokers live and have all that they should have. */
    public boolean complete() {
        List<Member> living = fleet.living();
        // The cluster believes for a while that a broker which was killed is still there.
        if (living.size() < ports.size() || !living.stream().allMatch(Member::ready)) {
            return false;
        }
        try {
            if (admin.describeCluster().nodes().get().size() < ports.size()) {
                return false;
            }
            return admin.describeTopics(names()).allTopicNames().get().values().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(partition ->
                            partition.isr().size() == partition.replicas().size());
        } catch (ExecutionException e) {
            return false; // whoever was asked has just gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Topics, Kafka's own too, that would lose records with a broker, though there are enough brokers. */
    public Set<String> weak() throws ExecutionException, InterruptedException {
        TopicAdmin.Settings wanted = topics(count());
        Map<String, TopicDescription> all =
                admin.describeTopics(names()).allTopicNames().get();
        List<ConfigResource> resources = all.keySet().stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<ConfigResource, Config> configs =
                admin.describeConfigs(resources).all().get();
        Set<String> weak = new TreeSet<>();
        all.values().stream()
                .filter(topic -> topic.partitions().stream()
                        .anyMatch(partition -> partition.replicas().size() < wanted.replication()))
                .forEach(topic -> weak.add(topic.name()));
        configs.forEach((topic, config) -> {
            if (Integer.parseInt(config.get("min.insync.replicas").value()) < wanted.minInsync()) {
                weak.add(topic.name());
            }
        });
        return weak;
    }

    private Set<String> names() throws ExecutionException, InterruptedException {
        return admin.listTopics(new ListTopicsOptions().listInternal(true))
                .names()
                .get();
    }

    @Override
    public void close() throws InterruptedException {
        admin.close();
        fleet.close();
    }
}
