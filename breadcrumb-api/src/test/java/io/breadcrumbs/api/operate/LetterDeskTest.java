package io.breadcrumbs.api.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.schemas.DeadLetter;
import io.breadcrumbs.schemas.Header;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.operate.Retried;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LetterDeskTest {

    private static final Caller USUAL = new Caller("default", "me");
    private static final Caller OURS = new Caller("ours", "me");

    private final World world = new World();
    private final List<String> posted = new ArrayList<>();
    private Retried ofPost = new Retried.Posted("d", "example.com");
    private final LetterDesk desk = new LetterDesk(world.brokers, (id, letter) -> {
        posted.add(id + " " + letter.getOffset());
        return ofPost;
    });
    private int failures;

    /** Writes a letter about a record of partition 1. */
    private void letter(String id, Topic<?> about, String workspace, byte @Nullable [] value) {
        letter(id, about, workspace, "UNDECODABLE", value);
    }

    private void letter(String id, Topic<?> about, String workspace, String code, byte @Nullable [] value) {
        DeadLetter letter = DeadLetter.newBuilder()
                .setMeta(Metas.of(Catalogue.DEAD_LETTER, id, workspace, "test", world.scheduler.now()))
                .setTopic(about.name())
                .setPartition(1)
                .setOffset(40)
                .setCode(code)
                .setMessage("why")
                .setKey(ByteBuffer.wrap("key".getBytes(StandardCharsets.UTF_8)))
                .setHeaders(List.of(
                        new Header("origin", ByteBuffer.wrap(new byte[] {'o'})),
                        new Header("note", ByteBuffer.wrap(new byte[] {'n'}))))
                .setValue(value == null ? null : ByteBuffer.wrap(value))
                .setFailedAtMs(1_000L + failures++ / 2)
                .build();
        world.append(Catalogue.DEAD_LETTER, id, world.wire.encode(Catalogue.DEAD_LETTER, letter));
    }

    private List<String> ids(Caller caller) {
        return desk.page(caller, null, 500, null).get("items").findValuesAsText("id");
    }

    private void assertMissing(Caller caller, String id) {
        String message = "expected the id of a dead letter of workspace " + caller.workspace() + ", got " + id;
        assertThatThrownBy(() -> desk.get(caller, id))
                .isInstanceOf(ProblemException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> desk.retry(caller, id)).hasMessage(message);
        assertThatThrownBy(() -> desk.delete(caller, id)).hasMessage(message);
    }

    @Test
    void shouldShowEachWorkspaceItsOwnOnly() {
        letter("nonsense", Catalogue.TOOL_CANCEL, "default", World.nonsense());
        letter("theirs", Catalogue.TOOL_CANCEL, "default", world.cancel("theirs", "r"));
        letter("ours", Catalogue.TOOL_CANCEL, "default", world.cancel("ours", "r"));
        letter("post", Catalogue.BREADCRUMB_EVENT, "ours", "WEBHOOK_FAILED", null);

        assertThat(ids(USUAL)).containsExactly("nonsense");
        assertThat(ids(OURS)).containsExactly("ours", "post");
        assertMissing(OURS, "theirs");
        assertMissing(OURS, "nonsense");
        assertMissing(USUAL, "ours");
        assertThat(ids(new Caller("theirs", "me"))).containsExactly("theirs");
        assertThat(world.cluster.records(new Partition(Catalogue.TOOL_CANCEL.name(), 1)))
                .isEmpty();
    }

    @Test
    void shouldShowNoneAboutKeysSecretsAndPartsOfLargeBodies() {
        List.of(Catalogue.ACCESS_KEY, Catalogue.SECRET, Catalogue.SECRET_USE, Catalogue.BLOB)
                .forEach(topic -> letter(topic.name(), topic, "default", World.nonsense()));

        assertThat(ids(USUAL)).isEmpty();
        assertMissing(USUAL, "secret.v1");
    }

    @Test
    void shouldShowAllThatALetterHolds() {
        letter("l", Catalogue.TOOL_CANCEL, "default", world.cancel("ours", "because"));

        JsonNode letter = desk.get(OURS, "l");

        assertThat(letter.at("/value/reason").asText()).isEqualTo("because");
        assertThat(letter.get("key").asText()).isEqualTo("key");
        assertThat(letter.get("headers").findValuesAsText("name")).containsExactly("origin", "note");
        assertThat(desk.page(OURS, null, 1, null).at("/items/0").has("key")).isFalse();
    }

    @Test
    void shouldGivePagesOfThemTheOldestFirst() {
        for (int i = 0; i < 7; i++) {
            letter("l" + i, i == 3 ? Catalogue.TOOL_REQUEST : Catalogue.TOOL_CANCEL, "ours", null);
        }
        List<String> all = new ArrayList<>();
        String cursor = null;
        do {
            JsonNode page = desk.page(OURS, "tool.cancel.v1", 2, cursor);
            all.addAll(page.get("items").findValuesAsText("id"));
            cursor = page.get("cursor").asText(null);
        } while (cursor != null);

        assertThat(all).containsExactly("l0", "l1", "l2", "l4", "l5", "l6");
        assertThatThrownBy(() -> desk.page(OURS, null, 2, "?")).hasMessageContaining("cursor: expected");
    }

    @Test
    void shouldPutTheRecordWhereItStoodAndForgetTheLetter() {
        byte[] value = world.cancel("ours", "r");
        letter("l", Catalogue.TOOL_CANCEL, "default", value);

        assertThat(desk.retry(OURS, "l")).isEqualTo(new Retried.Again("l", "tool.cancel.v1-1@0"));

        Fetched again = world.cluster
                .records(new Partition(Catalogue.TOOL_CANCEL.name(), 1))
                .getFirst();
        assertThat(again.record().value()).isEqualTo(value);
        assertThat(again.record().key()).asString(StandardCharsets.UTF_8).isEqualTo("key");
        assertThat(again.record().others()).extracting(one -> one.name()).containsExactly("note");
        assertThat(ids(OURS)).isEmpty();
        assertMissing(OURS, "l");
    }

    @Test
    void shouldRetryManyOfTheCallersInTheirOrder() {
        letter("a", Catalogue.TOOL_CANCEL, "default", world.cancel("ours", "r"));
        letter("b", Catalogue.TOOL_REQUEST, "ours", null);
        letter("c", Catalogue.BREADCRUMB_EVENT, "ours", "WEBHOOK_FAILED", null);
        letter("d", Catalogue.TOOL_CANCEL, "default", world.cancel("theirs", "r"));
        letter("e", Catalogue.TOOL_CANCEL, "default", world.cancel("ours", "r"));
        ofPost = new Retried.Posted("c", "example.com");

        List<Retried> done = desk.retry(OURS, new LinkedHashSet<>(List.of("c", "b", "a", "d", "nobody")));

        assertThat(done).extracting(Retried::id).containsExactly("c", "b", "a", "d", "nobody");
        assertThat(done.get(0)).isEqualTo(ofPost);
        assertThat(done.get(1)).isInstanceOf(Retried.Kept.class);
        assertThat(done.get(2)).isEqualTo(new Retried.Again("a", "tool.cancel.v1-1@0"));
        assertThat(done.subList(3, 5))
                .containsExactly(
                        new Retried.Kept("d", "there is no such letter any more"),
                        new Retried.Kept("nobody", "there is no such letter any more"));
        assertThat(ids(OURS)).containsExactly("b", "e");
        assertThat(ids(new Caller("theirs", "me"))).containsExactly("d");
    }

    @Test
    void shouldReadTheLogOnceForMany() {
        Set<String> many = new LinkedHashSet<>();
        for (int i = 0; i < 60; i++) {
            letter("m" + i, Catalogue.TOOL_REQUEST, "ours", null);
            many.add("m" + i);
        }
        long before = world.brokers.polls();
        ids(OURS);
        long once = world.brokers.polls() - before;

        assertThat(desk.retry(OURS, many)).hasSize(60);

        long all = world.brokers.polls() - before - once;
        assertThat(all).isLessThan(once * many.size() / 2);
    }

    @Test
    void shouldPostWhatIsAboutAWebhook() {
        letter("d", Catalogue.BREADCRUMB_EVENT, "ours", "WEBHOOK_FAILED", null);
        ofPost = new Retried.Kept("d", "its subscription is no more");
        assertThat(desk.retry(OURS, "d")).isEqualTo(ofPost);
        assertThat(ids(OURS)).containsExactly("d");

        ofPost = new Retried.Posted("d", "example.com");
        assertThat(desk.retry(OURS, "d")).isEqualTo(ofPost);

        assertThat(posted).containsExactly("d 40", "d 40");
        assertThat(ids(OURS)).isEmpty();
    }

    @Test
    void shouldKeepWhatHoldsNoBytesAndDeleteWhatIsNamed() {
        letter("left-out", Catalogue.TOOL_REQUEST, "ours", null);
        letter("other", Catalogue.TOOL_REQUEST, "ours", null);

        assertThat(desk.retry(OURS, "left-out"))
                .isInstanceOfSatisfying(
                        Retried.Kept.class,
                        kept -> assertThat(kept.reason()).contains("left out; they stand at tool.request.v1-1@40"));
        desk.delete(OURS, "left-out");

        assertThat(ids(OURS)).containsExactly("other");
        assertThat(world.brokers.open()).isZero();
    }

    @Test
    void shouldSayThatTheBrokersAreAway() {
        letter("l", Catalogue.TOOL_CANCEL, "default", World.nonsense());
        world.brokers.away(true);

        assertThatThrownBy(() -> ids(USUAL)).isInstanceOf(BusException.class);

        world.brokers.away(false);
        assertThat(ids(USUAL)).containsExactly("l");
    }
}
