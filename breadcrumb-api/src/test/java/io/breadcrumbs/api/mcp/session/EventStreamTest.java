package io.breadcrumbs.api.mcp.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

class EventStreamTest {

    private static final ObjectNode MESSAGE = Rpc.notice("notifications/any", null);

    private final SeededScheduler scheduler = new SeededScheduler(5);
    private final AtomicInteger givenBack = new AtomicInteger();
    private final EventStream stream =
            new EventStream(new MemoryCluster(scheduler, 1, Faults.NONE).process("api"), givenBack::incrementAndGet);

    /** A client that takes so much. */
    private static final class Client extends BaseSubscriber<byte[]> {
        final List<String> taken = new ArrayList<>();
        private final long most;

        Client(long most) {
            this.most = most;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            request(most);
        }

        @Override
        protected void hookOnNext(byte[] event) {
            taken.add(new String(event, StandardCharsets.UTF_8));
        }
    }

    @Test
    void shouldSendMessagesAndAComment() {
        Client client = new Client(Long.MAX_VALUE);
        stream.body().subscribe(client);

        assertThat(stream.send(MESSAGE)).isTrue();
        scheduler.run(Duration.ofSeconds(31));

        assertThat(client.taken)
                .containsExactly(
                        ":\n\n",
                        "event: message\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/any\"}\n\n",
                        ":\n\n",
                        ":\n\n");
    }

    @Test
    void shouldBeOverWhenTheClientIsGone() {
        Client client = new Client(Long.MAX_VALUE);
        stream.body().subscribe(client);

        client.cancel();

        assertThat(stream.isOver()).isTrue();
        assertThat(givenBack).hasValue(1);
        assertThat(stream.send(MESSAGE)).isFalse();
        scheduler.run(Duration.ofMinutes(5));
        assertThat(client.taken).hasSize(1);
    }

    @Test
    void shouldCutOffAClientThatIsTooSlow() {
        stream.body().subscribe(new Client(1));

        int sent = 0;
        while (stream.send(MESSAGE) && sent < 10_000) {
            sent++;
        }

        assertThat(sent).isBetween(200, 300);
        assertThat(givenBack).hasValue(1);
        assertThat(stream.isOver()).isTrue();
    }

    @Test
    void shouldEndOnceAndForAll() {
        Client client = new Client(Long.MAX_VALUE);
        stream.body().subscribe(client);

        stream.send(MESSAGE);
        assertThat(givenBack).hasValue(0);
        stream.end();
        stream.end();

        assertThat(givenBack).hasValue(1);
        assertThat(stream.send(MESSAGE)).isFalse();
        assertThat(client.taken).hasSize(2);
        assertThat(client.isDisposed()).isTrue();
    }
}
