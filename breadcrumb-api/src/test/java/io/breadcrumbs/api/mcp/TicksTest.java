package io.breadcrumbs.api.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.mcp.session.EventStream;
import io.breadcrumbs.api.mcp.session.Exchange;
import io.breadcrumbs.api.mcp.session.Incoming;
import io.breadcrumbs.api.mcp.session.Revision;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.MemoryProcess;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import io.breadcrumbs.sdk.tool.Values;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class TicksTest {

    private final SeededScheduler scheduler = new SeededScheduler(5);
    private final MemoryProcess process = new MemoryCluster(scheduler, 1, Faults.NONE).process("api");
    private final EventStream stream = new EventStream(process, () -> {});
    private final List<String> sent = new ArrayList<>();

    @BeforeEach
    void listen() {
        Flux.from(stream.body()).subscribe(bytes -> sent.add(new String(bytes, StandardCharsets.UTF_8)));
    }

    private Ticks begin() {
        Incoming call = Incoming.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":"
                + "{\"_meta\":{\"progressToken\":\"t\"}}}");
        Exchange exchange = new Exchange(new Caller("default", "ada"), call, Revision.SESSIONS, stream);
        return Objects.requireNonNull(Ticks.begin(process, exchange));
    }

    private List<JsonNode> notices() throws Exception {
        List<JsonNode> notices = new ArrayList<>();
        for (String one : sent) {
            if (one.startsWith("event:")) {
                notices.add(Values.parse(one.substring(one.indexOf('{'))).get("params"));
            }
        }
        return notices;
    }

    private List<String> messages() throws Exception {
        return notices().stream().map(one -> one.get("message").asText()).toList();
    }

    @Test
    void shouldTellAtOnceWhatTheToolSays() throws Exception {
        Ticks ticks = begin();
        ticks.told("half");
        scheduler.run(Duration.ofMillis(10));

        assertThat(messages()).containsExactly("half");
        assertThat(notices().getFirst().get("progressToken").asText()).isEqualTo("t");
    }

    @Test
    void shouldTellTheNewestOnceASecondHoweverMuchIsSaid() throws Exception {
        Ticks ticks = begin();
        for (int i = 0; i < 300; i++) {
            ticks.told("step " + i);
            scheduler.run(Duration.ofMillis(10));
        }
        scheduler.run(Duration.ofSeconds(1));

        assertThat(notices()).hasSizeBetween(3, 5);
        assertThat(messages()).startsWith("step 0").endsWith("step 299").doesNotHaveDuplicates();
        assertThat(notices().stream().map(one -> one.get("progress").asDouble()))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldSayThatItIsUnderWayWhereTheToolSaysNothing() throws Exception {
        Ticks ticks = begin();
        scheduler.run(Duration.ofSeconds(11));
        ticks.told("half");
        scheduler.run(Duration.ofSeconds(6));

        assertThat(messages()).containsExactly("under way for 5 s", "under way for 10 s", "half", "under way for 16 s");
    }

    @Test
    void shouldSayNothingAfterTheEnd() throws Exception {
        Ticks ticks = begin();
        ticks.told("half");
        ticks.end();
        ticks.told("late");
        scheduler.run(Duration.ofMinutes(1));

        assertThat(messages()).isEmpty();
    }

    @Test
    void shouldBoundWhatItTells() throws Exception {
        begin().told("x".repeat(100_000));
        scheduler.run(Duration.ofMillis(10));

        assertThat(messages().getFirst()).hasSizeLessThan(1_100).endsWith("…");
    }
}
