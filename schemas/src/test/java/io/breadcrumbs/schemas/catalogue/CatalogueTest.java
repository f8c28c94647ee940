package io.breadcrumbs.schemas.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {

    /**
     * Names, keys, partition rules and settings are fixed for ever once released: change the file only with a reason.
     */
    @Test
    void shouldBeTheGoldenTable() throws IOException {
        String table = Catalogue.topics().stream().map(CatalogueTest::row).collect(Collectors.joining("\n", "", "\n"));

        assertThat(table).isEqualTo(golden());
    }

    @Test
    void shouldFindEveryTopicByItsName() {
        for (Topic<?> topic : Catalogue.topics()) {
            assertThat(Catalogue.topic(topic.name())).containsSame(topic);
        }
    }

    @Test
    void shouldGiveEachPoolItsOwnRequestTopic() {
        Topic<?> pool = Catalogue.toolRequest("gpu-1");

        assertThat(pool.name()).isEqualTo("tool.request.v1.gpu-1");
        assertThat(pool.subject()).isEqualTo("tool.request.v1.gpu-1-value");
        assertThat(pool.schema()).isEqualTo(Catalogue.TOOL_REQUEST.schema());
        assertThat(pool.retention()).isEqualTo(Catalogue.TOOL_REQUEST.retention());
        assertThat(Catalogue.topic("tool.request.v1.gpu-1")).contains(pool);
    }

    @Test
    void shouldSendTheDefaultPoolsRequestsToTheTopicWithoutSuffix() {
        assertThat(Catalogue.toolRequest("default")).isSameAs(Catalogue.TOOL_REQUEST);
        assertThat(Catalogue.topic("tool.request.v1.default")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "a.b", "-a", "a_b", "a b"})
    void shouldRefuseNamesThatAreNoPools(String pool) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Catalogue.toolRequest(pool))
                .withMessageContaining("'" + pool + "'");
        assertThat(Catalogue.topic("tool.request.v1." + pool)).isEmpty();
    }

    @Test
    void shouldNotKnowOtherTopics() {
        assertThat(Catalogue.topic("tool.request.v2")).isEmpty();
    }

    @Test
    void shouldSayHowLongGroupOffsetsMustBeKept() {
        assertThat(Catalogue.longestRetention()).isEqualTo(Duration.ofDays(365));
    }

    private static String row(Topic<?> topic) {
        Map<String, String> settings = new TreeMap<>(TopicSettings.of(topic, 2));
        return String.join(
                " | ",
                topic.name(),
                topic.subject(),
                topic.type().getSimpleName(),
                topic.key(),
                topic.partition(),
                topic.partitioning().name(),
                topic.retention().name(),
                settings.toString());
    }

    private static String golden() throws IOException {
        try (InputStream file = Objects.requireNonNull(
                CatalogueTest.class.getResourceAsStream("catalogue.txt"), "catalogue.txt is missing")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
