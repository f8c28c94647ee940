package io.breadcrumbs.api.decide;

import static io.breadcrumbs.api.decide.Commands.NOW;
import static io.breadcrumbs.api.decide.Commands.command;
import static io.breadcrumbs.api.decide.Commands.created;
import static io.breadcrumbs.api.decide.Commands.creation;
import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.Breadcrumb;
import io.breadcrumbs.schemas.BreadcrumbCommand;
import io.breadcrumbs.schemas.BreadcrumbCommandKind;
import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.schemas.BreadcrumbEventKind;
import io.breadcrumbs.schemas.Meta;
import io.breadcrumbs.schemas.Visibility;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.breadcrumb.RefusalCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class DeciderTest {

    private static final Instant LATER = NOW.plus(Duration.ofHours(1));

    private static Breadcrumb changed(@Nullable Breadcrumb state, BreadcrumbCommand.Builder command) {
        Decision decision = Decider.decide(state, command.build(), LATER);
        assertThat(decision).isInstanceOf(Decision.Changed.class);
        return ((Decision.Changed) decision).state();
    }

    private static void assertRefused(Decision decision, RefusalCode code) {
        assertThat(decision).isInstanceOf(Decision.Answered.class);
        assertThat(decision.event().getKind()).isEqualTo(BreadcrumbEventKind.REFUSED);
        assertThat(decision.event().getRefusal().getCode()).isEqualTo(code.name());
        assertThat(decision.event().getRefusal().getMessage())
                .contains("expected")
                .contains("got");
    }

    // ------------------------------------------------------------------ what is followed

    @Test
    void shouldCreateABreadcrumb() {
        Breadcrumb state = changed(
                null,
                creation()
                        .setIdempotencyKey("k")
                        .setEmbedding(List.of(1f, 2f))
                        .setAcl(List.of("bob"))
                        .setVisibility(Visibility.PUBLIC)
                        .setExpiresAtMs(LATER.plusSeconds(1).toEpochMilli()));

        assertThat(state.getMeta())
                .isEqualTo(new Meta(
                        "b-1",
                        "note.v1",
                        "A note",
                        List.of("a", "b"),
                        "default",
                        1,
                        LATER.toEpochMilli(),
                        LATER.toEpochMilli(),
                        "ann",
                        null));
        assertThat(state.getContext()).isEqualTo("{\"n\":1,\"o\":{\"x\":1,\"y\":2}}");
        assertThat(state.getChecksum()).isEqualTo("6b86ee5dfa7fb05db88b4e45ba352e17d45e178c760fd948fccc820fe31b7d60");
        assertThat(state.getCreatedBy()).isEqualTo("ann");
        assertThat(state.getIdempotencyKey()).isEqualTo("k");
        assertThat(state.getEmbedding()).containsExactly(1f, 2f);
        assertThat(state.getAcl()).containsExactly("bob");
        assertThat(state.getVisibility()).isEqualTo(Visibility.PUBLIC);
    }

    @Test
    void shouldSayInTheEventAllThatTheStateSays() {
        Decision.Changed decision =
                (Decision.Changed) Decider.decide(null, creation().build(), NOW);
        BreadcrumbEvent event = decision.event();

        assertThat(event.getKind()).isEqualTo(BreadcrumbEventKind.CREATED);
        assertThat(event.getBreadcrumbId()).isEqualTo("b-1");
        assertThat(event.getBreadcrumbVersion()).isEqualTo(1);
        assertThat(event.getCommandId()).isEqualTo("c-1");
        assertThat(event.getSchemaName()).isEqualTo("note.v1");
        assertThat(event.getTitle()).isEqualTo("A note");
        assertThat(event.getTags()).containsExactly("a", "b");
        assertThat(event.getContext()).isEqualTo(decision.state().getContext());
        assertThat(event.getChecksum()).isEqualTo(decision.state().getChecksum());
        assertThat(event.getCreatedBy()).isEqualTo("ann");
        assertThat(event.getCreatedAtMs()).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void shouldReplaceWhatAPatchGives() {
        Breadcrumb before = created(creation().setEmbedding(List.of(1f)).setExpiresAtMs(LATER.toEpochMilli() + 1));
        Breadcrumb after = changed(
                before,
                command(BreadcrumbCommandKind.PATCH)
                        .setBaseVersion(1)
                        .setContext("{\"z\":0}")
                        .setTags(List.of("c"))
                        .setAddTags(List.of("d"))
                        .setExpiresAtMs(0L));

        assertThat(after.getMeta().getVersion()).isEqualTo(2);
        assertThat(after.getMeta().getTitle()).isEqualTo("A note");
        assertThat(after.getMeta().getTags()).containsExactly("c", "d");
        assertThat(after.getMeta().getCreatedAtMs()).isEqualTo(NOW.toEpochMilli());
        assertThat(after.getMeta().getUpdatedAtMs()).isEqualTo(LATER.toEpochMilli());
        assertThat(after.getContext()).isEqualTo("{\"z\":0}");
        assertThat(after.getChecksum()).isNotEqualTo(before.getChecksum());
        assertThat(after.getEmbedding()).as("of the former text").isEmpty();
        assertThat(after.getExpiresAtMs()).as("never").isNull();
        assertThat(before.getMeta().getVersion()).as("nothing given is changed").isEqualTo(1);
    }

    @Test
    void shouldKeepWhatAPatchLeavesOut() {
        Breadcrumb before = created(creation().setEmbedding(List.of(1f)));
        Breadcrumb after = changed(before, command(BreadcrumbCommandKind.PATCH).setTitle("Another"));

        assertThat(after.getMeta().getTitle()).isEqualTo("Another");
        assertThat(after.getContext()).isEqualTo(before.getContext());
        assertThat(after.getChecksum()).isEqualTo(before.getChecksum());
        assertThat(after.getEmbedding()).containsExactly(1f);
        assertThat(after.getMeta().getTags()).isEqualTo(before.getMeta().getTags());
    }

    @Test
    void shouldMergeContexts() {
        Breadcrumb after = changed(
                created(),
                command(BreadcrumbCommandKind.MERGE)
                        .setContext("{\"n\":null,\"o\":{\"x\":{\"deep\":[1.10,2]},\"y\":null},\"new\":true}"));

        assertThat(after.getContext()).isEqualTo("{\"o\":{\"x\":{\"deep\":[1.10,2]}},\"new\":true}");
    }

    @Test
    void shouldChangeTagsAndNothingElse() {
        Breadcrumb after = changed(
                created(),
                command(BreadcrumbCommandKind.TAG)
                        .setTitle("ignored")
                        .setContext("{\"ignored\":1}")
                        .setTags(List.of("ignored"))
                        .setAddTags(List.of("c", "a"))
                        .setRemoveTags(List.of("b", "none")));

        assertThat(after.getMeta().getTags()).containsExactly("a", "c");
        assertThat(after.getMeta().getTitle()).isEqualTo("A note");
        assertThat(after.getContext()).isEqualTo(created().getContext());
        assertThat(after.getMeta().getVersion()).isEqualTo(2);
    }

    @Test
    void shouldDeleteWithAnEventOfItsOwn() {
        Decision decision = Decider.decide(
                created(),
                command(BreadcrumbCommandKind.DELETE).setBaseVersion(1).build(),
                LATER);

        assertThat(decision).isInstanceOf(Decision.Ended.class);
        assertThat(decision.event().getKind()).isEqualTo(BreadcrumbEventKind.DELETED);
        assertThat(decision.event().getBreadcrumbVersion()).isEqualTo(2);
        assertThat(decision.event().getTags()).containsExactly("a", "b");
        assertThat(decision.event().getContext()).isNull();
    }

    @Test
    void shouldExpireWhatIsOver() {
        Breadcrumb state = created(creation().setExpiresAtMs(LATER.toEpochMilli()));
        BreadcrumbCommand expire = command(BreadcrumbCommandKind.EXPIRE).build();

        assertThat(Decider.decide(state, expire, LATER).event().getKind()).isEqualTo(BreadcrumbEventKind.EXPIRED);
        assertRefused(Decider.decide(state, expire, LATER.minusMillis(1)), RefusalCode.NOT_DUE);
        assertRefused(Decider.decide(created(), expire, LATER), RefusalCode.NOT_DUE);
    }

    @Test
    void shouldNotGoBackInTime() {
        Breadcrumb state = created();
        Decision decision =
                Decider.decide(state, command(BreadcrumbCommandKind.TAG).build(), NOW.minusSeconds(5));

        assertThat(((Decision.Changed) decision).state().getMeta().getUpdatedAtMs())
                .isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void shouldAnswerACreationWithTheSameKeyAgain() {
        Breadcrumb state = created(creation().setIdempotencyKey("k"));
        Breadcrumb patched = changed(state, command(BreadcrumbCommandKind.PATCH).setTitle("Another"));

        Decision again = Decider.decide(
                patched, creation().setIdempotencyKey("k").setCommandId("c-9").build(), LATER);

        assertThat(again).isInstanceOf(Decision.Answered.class);
        assertThat(again.event().getKind()).isEqualTo(BreadcrumbEventKind.REPEATED);
        assertThat(again.event().getRepeated()).isEqualTo(BreadcrumbEventKind.CREATED);
        assertThat(again.event().getBreadcrumbVersion()).isEqualTo(1);
        assertThat(again.event().getCommandId()).isEqualTo("c-9");
    }

    // ------------------------------------------------------------------ what is refused

    static Stream<Arguments> refusals() {
        Breadcrumb over = created(creation().setExpiresAtMs(NOW.toEpochMilli()));
        return Stream.of(
                Arguments.of("an id that is taken", created(), creation(), RefusalCode.EXISTS),
                Arguments.of("with another key", created(), creation().setIdempotencyKey("k"), RefusalCode.EXISTS),
                Arguments.of("a base of nothing", null, creation().setBaseVersion(3), RefusalCode.VERSION),
                Arguments.of("without schema", null, creation().setSchemaName(null), RefusalCode.INVALID),
                Arguments.of("a patch of nothing", null, command(BreadcrumbCommandKind.PATCH), RefusalCode.NOT_FOUND),
                Arguments.of(
                        "a deletion of nothing", null, command(BreadcrumbCommandKind.DELETE), RefusalCode.NOT_FOUND),
                Arguments.of("a tag of what is over", over, command(BreadcrumbCommandKind.TAG), RefusalCode.NOT_FOUND),
                Arguments.of(
                        "an old base",
                        created(),
                        command(BreadcrumbCommandKind.PATCH).setBaseVersion(2),
                        RefusalCode.VERSION),
                Arguments.of(
                        "an old base of a deletion",
                        created(),
                        command(BreadcrumbCommandKind.DELETE).setBaseVersion(7),
                        RefusalCode.VERSION),
                Arguments.of(
                        "a kind of tomorrow",
                        created(),
                        command(BreadcrumbCommandKind.UNKNOWN),
                        RefusalCode.UNKNOWN_KIND),
                Arguments.of(
                        "too many tags together",
                        created(),
                        command(BreadcrumbCommandKind.TAG)
                                .setAddTags(Stream.iterate(0, i -> i + 1)
                                        .limit(Bounds.TAGS)
                                        .map(i -> "t" + i)
                                        .toList()),
                        RefusalCode.INVALID));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void shouldRefuse(String name, @Nullable Breadcrumb state, BreadcrumbCommand.Builder command, RefusalCode code) {
        assertRefused(Decider.decide(state, command.build(), LATER), code);
    }

    @ParameterizedTest
    @EnumSource(
            value = BreadcrumbCommandKind.class,
            names = {"PATCH", "MERGE", "TAG", "DELETE", "EXPIRE"})
    void shouldShowOtherWorkspacesNothing(BreadcrumbCommandKind kind) {
        BreadcrumbCommand.Builder foreign =
                command(kind).setMeta(Metas.of(Catalogue.BREADCRUMB_COMMAND, "c-1", "theirs", "eve", NOW));

        Decision decision = Decider.decide(created(), foreign.build(), LATER);

        assertRefused(decision, RefusalCode.NOT_FOUND);
        assertThat(decision.event().getBreadcrumbVersion()).isZero();
        assertThat(decision.event().getMeta().getWorkspace()).isEqualTo("theirs");
    }

    static Stream<Arguments> wrong() {
        String large = "{\"t\":\"" + "x".repeat(Bounds.CONTEXT_CHARS) + "\"}";
        return Stream.of(
                wrong("id", c -> c.setBreadcrumbId(" ")),
                wrong("id", c -> c.setBreadcrumbId("x".repeat(257))),
                wrong("id", c -> c.setBreadcrumbId("a\nb")),
                wrong("workspace", c -> c.setMeta(Metas.of(Catalogue.BREADCRUMB_COMMAND, "c-1", "", "ann", NOW))),
                wrong("schemaName", c -> c.setSchemaName("")),
                wrong("title", c -> c.setTitle("x".repeat(2_001))),
                wrong("tags", c -> c.setTags(Collections.nCopies(101, "t"))),
                wrong("tags", c -> c.setTags(List.of(""))),
                wrong("addTags", c -> c.setAddTags(List.of("x".repeat(257)))),
                wrong("removeTags", c -> c.setRemoveTags(List.of("x".repeat(257)))),
                wrong("acl", c -> c.setAcl(Collections.nCopies(101, "a"))),
                wrong("embedding", c -> c.setEmbedding(Collections.nCopies(1_025, 1f))),
                wrong("embedding", c -> c.setEmbedding(List.of(Float.NaN))),
                wrong("embedding", c -> c.setEmbedding(List.of(0f, 0f))),
                wrong("context", c -> c.setContext("[]")),
                wrong("context", c -> c.setContext("{")),
                wrong("context", c -> c.setContext("{\"a\":1,\"a\":2}")),
                wrong("context", c -> c.setContext(large)));
    }

    private static Arguments wrong(String field, Consumer<BreadcrumbCommand.Builder> fault) {
        return Arguments.of(field, fault);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void shouldNameTheFieldThatIsWrong(String field, Consumer<BreadcrumbCommand.Builder> fault) {
        BreadcrumbCommand.Builder command = creation();
        fault.accept(command);

        Decision decision = Decider.decide(null, command.build(), LATER);

        assertThat(decision.event().getKind()).isEqualTo(BreadcrumbEventKind.REFUSED);
        assertThat(decision.event().getRefusal().getCode()).isEqualTo(RefusalCode.INVALID.name());
        assertThat(decision.event().getRefusal().getMessage()).startsWith(field + ": ");
    }
}
