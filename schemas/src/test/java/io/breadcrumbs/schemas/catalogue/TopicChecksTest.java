package io.breadcrumbs.schemas.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.breadcrumbs.schemas.catalogue.TopicAdmin.Settings;
import io.breadcrumbs.schemas.catalogue.TopicFault.Kind;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicChecksTest {
    private static final Duration LONG = Duration.ofDays(1_000);

    private final Topic<?> topic = Catalogue.TOOL_RESPONSE;
    private final Map<String, String> settings = new HashMap<>(TopicSettings.of(topic, 2));

    @Test
    void shouldFindNothingWhereAllIsAsWanted() {
        assertThat(faults(8, 3, 3)).isEmpty();
    }

    @Test
    void shouldSayThatATopicIsMissing() {
        List<TopicFault> faults =
                new TopicChecks(Settings.cluster()).faults(List.of(topic), new ClusterState(3, Map.of(), LONG));

        assertThat(faults)
                .containsExactly(new TopicFault(
                        "tool.response.v1",
                        Kind.MISSING,
                        "topic tool.response.v1 is missing: create it with 8 partitions like all of RUNS_AND_TOOLS"));
    }

    @Test
    void shouldSayThatTheNumberOfPartitionsDiffers() {
        assertThat(faults(6, 3, 3))
                .containsExactly(new TopicFault(
                        "tool.response.v1",
                        Kind.PARTITIONS,
                        "topic tool.response.v1: expected 8 partitions like all of RUNS_AND_TOOLS, came 6: set the"
                                + " number of partitions to what the cluster has; it cannot be changed there"));
    }

    @Test
    void shouldLeaveTheNumberOfPartitionsToTopicsOfTheirOwn() {
        Topic<?> alone = Catalogue.TOOL;
        TopicState state = new TopicState(3, 1, TopicSettings.of(alone, 1));

        assertThat(new TopicChecks(Settings.oneBroker())
                        .faults(List.of(alone), new ClusterState(1, Map.of(alone.name(), state), LONG)))
                .isEmpty();
    }

    @Test
    void shouldWantThreeReplicasOnThreeBrokers() {
        assertThat(faults(8, 2, 3))
                .extracting(TopicFault::message)
                .containsExactly(
                        "topic tool.response.v1: expected at least 3 replicas in a cluster of 3 brokers, came 2:"
                                + " reassign its partitions with more replicas");
    }

    @Test
    void shouldWantTwoAcknowledgingReplicasOnThreeBrokers() {
        settings.put("min.insync.replicas", "1");

        assertThat(faults(8, 3, 3))
                .extracting(TopicFault::message)
                .containsExactly("topic tool.response.v1: expected min.insync.replicas at least 2, came 1: change the"
                        + " topic's setting");
    }

    @Test
    void shouldBeContentWithOneReplicaOnFewerBrokersIfTheSettingsAre() {
        settings.put("min.insync.replicas", "1");

        assertThat(faults(Settings.oneBroker(), 8, 1, 2)).isEmpty();
    }

    @Test
    void shouldWantWhatTheSettingsSayThoughFewerBrokersAnswer() {
        settings.put("min.insync.replicas", "1");

        assertThat(faults(Settings.cluster(), 8, 1, 2))
                .extracting(TopicFault::message)
                .containsExactly(
                        "topic tool.response.v1: expected at least 3 replicas in a cluster of 2 brokers, came 1:"
                                + " reassign its partitions with more replicas",
                        "topic tool.response.v1: expected min.insync.replicas at least 2, came 1: change the"
                                + " topic's setting");
    }

    @Test
    void shouldWantStrengthOnThreeBrokersThoughTheSettingsAskForLess() {
        settings.put("min.insync.replicas", "1");

        assertThat(faults(Settings.oneBroker(), 8, 1, 3))
                .extracting(TopicFault::kind)
                .containsExactly(Kind.REPLICATION, Kind.MIN_INSYNC);
    }

    @Test
    void shouldCreateTopicsAsStrongAsTheCheckWantsThem() {
        assertThat(Settings.oneBroker().among(2)).isEqualTo(Settings.oneBroker());
        assertThat(Settings.oneBroker().among(3)).isEqualTo(Settings.cluster());
        assertThat(new Settings(8, 5, 1).among(5)).isEqualTo(new Settings(8, 5, 2));
    }

    @Test
    void shouldWantMoreThanStrengthIfTheSettingsDo() {
        assertThat(faults(new Settings(8, 5, 3), 8, 3, 5))
                .extracting(TopicFault::kind)
                .containsExactly(Kind.REPLICATION, Kind.MIN_INSYNC);
    }

    @Test
    void shouldRefuseUncleanElections() {
        settings.put("unclean.leader.election.enable", "true");

        assertThat(faults(8, 3, 3)).extracting(TopicFault::kind).containsExactly(Kind.UNCLEAN_ELECTION);
    }

    @Test
    void shouldWantTheBrokersClock() {
        settings.put("message.timestamp.type", "CreateTime");

        assertThat(faults(8, 3, 3))
                .extracting(TopicFault::message)
                .containsExactly(
                        "topic tool.response.v1: expected message.timestamp.type LogAppendTime, came CreateTime:"
                                + " change the topic's setting");
    }

    @Test
    void shouldSayThatRetentionDiffers() {
        settings.put("cleanup.policy", "compact");
        settings.put("retention.ms", "1000");

        assertThat(faults(8, 3, 3)).extracting(TopicFault::kind).containsExactly(Kind.RETENTION, Kind.RETENTION);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"compact,delete | 0", "delete, compact | 0", "delete | 1", "compact | 1", "compact,delete,x | 1"})
    void shouldWantDeadLettersToEndByTimeAndByTombstones(String policy, int expected) {
        Topic<?> letters = Catalogue.DEAD_LETTER;
        Map<String, String> there = new HashMap<>(TopicSettings.of(letters, 1));
        there.put("cleanup.policy", policy);

        List<TopicFault> faults = new TopicChecks(Settings.oneBroker())
                .faults(
                        List.of(letters),
                        new ClusterState(1, Map.of(letters.name(), new TopicState(8, 1, there)), LONG));

        assertThat(faults)
                .hasSize(expected)
                .allSatisfy(fault -> assertThat(fault.message())
                        .isEqualTo("topic dead.letter.v1: expected cleanup.policy compact,delete, came " + policy
                                + ": change the topic's setting"));
        assertThat(there).containsEntry("retention.ms", "2419200000").containsEntry("delete.retention.ms", "604800000");
    }

    @Test
    void shouldWantRoomForTheLargestRecord() {
        settings.put("max.message.bytes", "1000");

        assertThat(faults(8, 3, 3)).extracting(TopicFault::kind).containsExactly(Kind.RECORD_SIZE);
    }

    @Test
    void shouldWantGroupOffsetsToOutliveRecords() {
        ClusterState cluster =
                new ClusterState(3, Map.of(topic.name(), new TopicState(8, 3, settings)), Duration.ofDays(7));

        assertThat(new TopicChecks(Settings.cluster()).faults(List.of(topic), cluster))
                .extracting(TopicFault::message)
                .containsExactly("broker setting offsets.retention.minutes: expected at least 525600, came 10080: raise"
                        + " it, or a group that is away for long reads its topics again");
    }

    @Test
    void shouldRefuseSettingsThatNoTopicCanHave() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Settings(0, 1, 1))
                .withMessage("partitions is at least 1, came 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Settings(8, 1, 2))
                .withMessage("minInsync is at most replication 1, came 2");
    }

    private List<TopicFault> faults(int partitions, int replication, int brokers) {
        return faults(Settings.cluster(), partitions, replication, brokers);
    }

    private List<TopicFault> faults(Settings wanted, int partitions, int replication, int brokers) {
        TopicState state = new TopicState(partitions, replication, settings);
        return new TopicChecks(wanted)
                .faults(List.of(topic), new ClusterState(brokers, Map.of(topic.name(), state), LONG));
    }
}
