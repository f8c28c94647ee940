package io.breadcrumbs.local.runs;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.local.platform.Platform;
import io.breadcrumbs.local.platform.PlatformSettings;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.ToolError;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.TopicAdmin;
import io.breadcrumbs.sdk.Ask;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests that no run has made, for a tool that nobody serves, over the whole platform. */
@Timeout(180)
class UnansweredIT {

    @TempDir
    Path data;

    private Platform platform() {
        return Platform.start(PlatformSettings.anywhere(data.resolve("data")).withPools(Set.of("default")), _ -> {})
                .orThrow();
    }

    private static Bus bus(Platform platform) throws InterruptedException {
        return KafkaBus.awaitReady(
                KafkaBus.connect(BusSettings.of(
                        platform.state().kafka(), platform.state().registry(), "test")),
                Duration.ofSeconds(30));
    }

    @Test
    void shouldAnswerOnceThatNobodyDoesAlsoInAPoolThatIsNew() throws Exception {
        String id;
        String second;
        try (Platform first = platform()) {
            try (Admin admin =
                    Admin.create(Map.of("bootstrap.servers", first.state().kafka()))) {
                new TopicAdmin(admin, TopicAdmin.Settings.oneBroker()).create(List.of(Catalogue.toolRequest("ghost")));
            }
            try (Bus bus = bus(first)) {
                id = ask(bus, Duration.ofSeconds(5)); // the bus gets to know the pool meanwhile
                ToolError error = awaitAnswer(bus, id).getError();

                assertThat(error).isNotNull();
                assertThat(error.getKind()).isEqualTo(ErrorKind.TIMEOUT);
                assertThat(error.getMessage()).contains("tool 'haunt'", "pool 'ghost'");
                assertThat(bus.request(Ask.of("echo", "{\"message\": \"boo\"}"))
                                .durable()
                                .get(30, SECONDS)
                                .getError())
                        .isNull();
                second = ask(bus, Duration.ofSeconds(4)); // its time is over when this engine is not there any more
            }
        }

        try (Platform next = platform();
                Bus bus = bus(next)) {
            awaitAnswer(bus, second);
            String third = ask(bus, Duration.ofSeconds(5));
            awaitAnswer(bus, third);

            List<String> answers = answersUpTo(bus, third);
            assertThat(answers).as("answers to each").containsOnlyOnce(id, second, third);
        }
    }

    private static String ask(Bus bus, Duration within) {
        return bus.request(Ask.of("haunt", "{}").inPool("ghost").within(within)).requestId();
    }

    private static ToolResponse awaitAnswer(Bus bus, String id) throws Exception {
        return bus.await(id, Duration.ofSeconds(60)).durable().get(60, SECONDS);
    }

    /** The ids of all answers, in their order, up to that one. */
    private static List<String> answersUpTo(Bus bus, String last) throws Exception {
        BlockingQueue<String> all = new LinkedBlockingQueue<>();
        bus.tail(TailFrom.beginning(Catalogue.TOOL_RESPONSE), (answer, _, _) -> {
                    ToolResponse value = answer.value();
                    if (value != null) {
                        all.add(value.getRequestId());
                    }
                })
                .caughtUp()
                .get(30, SECONDS);
        assertThat(all).contains(last);
        return List.copyOf(all);
    }
}
