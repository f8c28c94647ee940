package io.breadcrumbs.schemas.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.breadcrumbs.schemas.catalogue.TopicAdmin.Settings;
import io.breadcrumbs.schemas.catalogue.TopicFault.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TopicAdminTest {
    private OneBroker broker;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        broker = OneBroker.start(folder);
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    @Test
    void shouldCreateWhatIsMissingSoThatTheCheckFindsOnlyWhatIsTheBrokers() {
        TopicAdmin topics = new TopicAdmin(broker.admin(), new Settings(2, 1, 1));
        List<Topic<?>> wanted = new ArrayList<>(Catalogue.topics());
        wanted.add(Catalogue.toolRequest("gpu"));

        List<String> created = topics.create(wanted);
        List<String> createdAgain = topics.create(wanted);

        assertThat(created).isEqualTo(wanted.stream().map(Topic::name).toList());
        assertThat(createdAgain).isEmpty();
        assertThat(topics.check(wanted)).extracting(TopicFault::kind).containsExactly(Kind.GROUP_OFFSETS);
    }

    @Test
    void shouldReportEveryDifferenceOfTopicsThatSomebodyElseMade() throws Exception {
        Topic<?> theirs = Catalogue.toolRequest("theirs");
        broker.admin()
                .createTopics(List.of(new NewTopic(theirs.name(), 3, (short) 1).configs(Map.of("retention.ms", "1"))))
                .all()
                .get();

        List<TopicFault> faults = new TopicAdmin(broker.admin(), new Settings(2, 1, 1))
                .check(List.of(theirs, Catalogue.toolRequest("nobodys")));

        assertThat(faults)
                .extracting(TopicFault::topic, TopicFault::kind)
                .containsExactly(
                        tuple(theirs.name(), Kind.PARTITIONS),
                        tuple(theirs.name(), Kind.TIMESTAMP),
                        tuple(theirs.name(), Kind.RETENTION),
                        tuple(theirs.name(), Kind.RETENTION),
                        tuple("tool.request.v1.nobodys", Kind.MISSING),
                        tuple(TopicAdmin.GROUP_OFFSETS, Kind.GROUP_OFFSETS));
    }
}
