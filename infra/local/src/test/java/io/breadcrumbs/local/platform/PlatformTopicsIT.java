package io.breadcrumbs.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.local.data.Fault;
import io.breadcrumbs.local.data.Opened;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A platform does not start on topics that are not those of the catalogue. */
class PlatformTopicsIT {

    @TempDir
    private Path temp;

    @Test
    void shouldSayInOneLineThatTopicsDifferAndLeaveNothingRunning() throws Exception {
        // Given
        Path data = temp.resolve("data");
        try (Platform platform = start(data, false).orThrow();
                Admin admin = Admin.create(
                        Map.of("bootstrap.servers", platform.state().kafka()))) {
            admin.createPartitions(Map.of(Catalogue.TOOL_REQUEST.name(), NewPartitions.increaseTo(9)))
                    .all()
                    .get();
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, Catalogue.TOOL_RESPONSE.name()),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("retention.ms", "1000"), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }

        // When
        Opened<Platform> refused = start(data, false);

        // Then
        assertThat(refused)
                .isEqualTo(new Opened.Refused<>(new Fault.TopicsDiffer(
                        data,
                        "topic tool.request.v1: expected 8 partitions like all of RUNS_AND_TOOLS, came 9: set the"
                                + " number of partitions to what the cluster has; it cannot be changed there",
                        1)));
        start(data, true).orThrow().close();
    }

    private static Opened<Platform> start(Path data, boolean fresh) {
        return Platform.start(
                new PlatformSettings(
                        PlatformSettings.Ports.ANY,
                        data,
                        fresh,
                        Set.of(),
                        PlatformSettings.Allowed.NOTHING,
                        Map.of(),
                        null,
                        null),
                _ -> {});
    }
}
