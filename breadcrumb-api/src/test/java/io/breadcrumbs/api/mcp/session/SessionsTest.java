package io.breadcrumbs.api.mcp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionsTest {

    private static final Caller ADA = new Caller("default", "ada");

    private final SeededScheduler scheduler = new SeededScheduler(5);
    private final Sessions sessions = new Sessions(new MemoryCluster(scheduler, 1, Faults.NONE).process("api"));

    private static Exchange call(int id) {
        Incoming message = Incoming.of("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/call\"}");
        return new Exchange(ADA, message, Revision.SESSIONS, null);
    }

    @Test
    void shouldGiveASessionToItsOwnerOnly() {
        String id = sessions.open(ADA).id();

        assertThat(sessions.of(ADA, id)).isNotNull();
        assertThat(sessions.of(new Caller("default", "eve"), id)).isNull();
        assertThat(sessions.of(new Caller("other", "ada"), id)).isNull();
        assertThat(sessions.of(ADA, "made up")).isNull();
    }

    @Test
    void shouldForgetWhatNobodyUses() {
        String unused = sessions.open(ADA).id();
        String used = sessions.open(ADA).id();
        Session busy = sessions.open(ADA);
        busy.begin(call(1));

        scheduler.run(Duration.ofMinutes(20));
        assertThat(sessions.of(ADA, used)).isNotNull();
        scheduler.run(Duration.ofMinutes(20));

        assertThat(sessions.of(ADA, unused)).isNull();
        assertThat(sessions.of(ADA, used)).isNotNull();
        assertThat(sessions.of(ADA, busy.id())).isNotNull();
    }

    @Test
    void shouldEndTheLongestUnusedOfACallerWhoHasTooMany() {
        Session first = sessions.open(ADA);
        for (int i = 1; i < Sessions.OF_A_CALLER; i++) {
            scheduler.run(Duration.ofMillis(1));
            sessions.open(ADA);
        }
        String others = sessions.open(new Caller("default", "bob")).id();

        sessions.open(ADA);

        assertThat(sessions.size()).isEqualTo(Sessions.OF_A_CALLER + 1);
        assertThat(sessions.of(ADA, first.id())).isNull();
        assertThat(sessions.of(new Caller("default", "bob"), others)).isNotNull();
    }

    @Test
    void shouldRefuseACallerAllOfWhoseSessionsAreBusy() {
        for (int i = 0; i < Sessions.OF_A_CALLER; i++) {
            sessions.open(ADA).begin(call(i));
        }

        assertThatThrownBy(() -> sessions.open(ADA))
                .isInstanceOfSatisfying(
                        RpcException.class,
                        refused -> assertThat(refused.status()).isEqualTo(503));
    }

    @Test
    void shouldStopWhatIsUnderWayWhenItIsCancelledOrItsSessionEnds() {
        Session session = sessions.open(ADA);
        List<String> stopped = new ArrayList<>();
        for (int id = 1; id <= 3; id++) {
            Exchange exchange = call(id);
            exchange.whenStopped(stopped::add);
            session.begin(exchange);
        }

        session.cancel(IntNode.valueOf(2), "not wanted");
        session.cancel(IntNode.valueOf(2), "again");
        session.cancel(IntNode.valueOf(9), "unknown");
        assertThat(stopped).containsExactly("not wanted");

        sessions.end(session, "the end");
        assertThat(stopped).containsExactly("not wanted", "the end", "the end");
        assertThat(sessions.size()).isZero();
    }

    @Test
    void shouldRefuseAnIdThatIsUnderWayAndTooManyAtOnce() {
        Session session = sessions.open(ADA);
        Exchange first = call(1);
        session.begin(first);

        assertThatThrownBy(() -> session.begin(call(1))).isInstanceOf(RpcException.class);
        session.end(first);
        for (int id = 1; id <= 100; id++) {
            session.begin(call(id));
        }
        assertThatThrownBy(() -> session.begin(call(101))).isInstanceOf(RpcException.class);
    }
}
