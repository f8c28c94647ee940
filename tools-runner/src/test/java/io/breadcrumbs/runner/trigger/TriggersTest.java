package io.breadcrumbs.runner.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.schemas.BreadcrumbEventKind;
import io.breadcrumbs.schemas.ContextCondition;
import io.breadcrumbs.schemas.ContextOperator;
import io.breadcrumbs.schemas.MissedTicks;
import io.breadcrumbs.schemas.Selector;
import io.breadcrumbs.schemas.Trigger;
import io.breadcrumbs.schemas.TriggerKind;
import io.breadcrumbs.schemas.Visibility;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Metas;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runners that ask for tools by selectors and by the clock. */
class TriggersTest extends TriggerScene {

    private static final String MINUTES = "* * * * *";
    private static final String HOURS = "0 * * * *";

    // ------------------------------------------------------------------ by the clock

    @Test
    void shouldAskOnceAtATickThoughTwoRunnersAreThere() {
        Node first = runner();
        runner();
        define(first, cron(MINUTES, MissedTicks.SKIP));

        runUntil("00:02:10");

        assertThat(ids()).containsExactlyInAnyOrder(tick("00:01:00"), tick("00:02:00"));
        assertThat(requests()).allSatisfy(request -> {
            assertThat(request.getTool()).isEqualTo("sweep");
            assertThat(request.getInput()).isEqualTo("{\"dry\":true}");
            assertThat(request.getIdempotencyKey()).isEqualTo(request.getRequestId());
        });
    }

    @Test
    void shouldGoOnWhereADeadRunnerKeptTheClock() {
        Node first = runner();
        define(first, cron(MINUTES, MissedTicks.SKIP));
        runUntil("00:01:10");
        runner();
        runUntil("00:01:30");

        first.process().kill();
        runUntil("00:02:50");

        assertThat(ids()).containsExactlyInAnyOrder(tick("00:01:00"), tick("00:02:00"));
    }

    @Test
    void shouldAskForTheSameWhereTwoBelieveThatTheyKeepTheClock() {
        Node first = runner();
        define(first, cron(MINUTES, MissedTicks.SKIP));
        runUntil("00:01:10");
        runner();
        runUntil("00:01:59");

        first.process().pause();
        runUntil("00:02:40");
        first.process().resume();
        runUntil("00:02:50");

        assertThat(ids()).contains(tick("00:01:00"), tick("00:02:00"));
        assertThat(Set.copyOf(ids())).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"ONCE,1", "SKIP,0", "UNKNOWN,0"})
    void shouldTreatTicksThatNobodyKeptAsTheTriggerSays(MissedTicks policy, int expected) {
        Node first = runner();
        define(first, cron(HOURS, policy));
        runUntil("00:00:10");
        first.process().kill();
        runUntil("03:20:00");

        Node second = runner();
        runUntil("03:20:10");
        second.process().kill();
        runner();
        runUntil("03:20:20");

        assertThat(ids()).hasSize(expected).allMatch(tick("03:00:00")::equals);
    }

    // ------------------------------------------------------------------ by breadcrumbs

    @Test
    void shouldAskOnceForEachBreadcrumbThatIsSelected() {
        Node first = runner();
        Node second = runner();
        runUntil("00:00:01");
        decide(first, "before", BreadcrumbEventKind.CREATED, "urgent");
        runUntil("00:00:02");
        define(first, selector(ContextOperator.GT));
        runUntil("00:00:05");

        decide(first, "one", BreadcrumbEventKind.CREATED, "urgent");
        decide(second, "two", BreadcrumbEventKind.UPDATED, "urgent");
        decide(second, "gone", BreadcrumbEventKind.DELETED, "urgent");
        decide(first, "other", BreadcrumbEventKind.CREATED, "calm");
        runUntil("00:00:10");

        assertThat(ids()).containsExactlyInAnyOrder("event/one/sweep/it", "event/two/sweep/it");
        assertThat(requests().getFirst().getInput())
                .startsWith("{\"dry\":true,\"breadcrumb\":{\"id\":\"b-")
                .endsWith("\"tags\":[\"urgent\"],\"context\":{\"n\":7}}}");
        assertThat(first.bus().openRecords() + second.bus().openRecords()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "WORKSPACE, ann,      , true",
        "PUBLIC,    ann,      , true",
        "PRIVATE,   ann,      , false",
        "PRIVATE,   ann,  bob , false",
        "PRIVATE,   ann,  test, true",
        "PRIVATE,   test,     , true",
        "PRIVATE,      ,      , false"
    })
    void shouldHandWhatIsPrivateToToolsOfThoseWhoMaySeeIt(
            Visibility visibility, @Nullable String createdBy, @Nullable String granted, boolean expected) {
        Node runner = runner();
        define(runner, selector(ContextOperator.GT)); // its author is test
        runUntil("00:00:05");

        publish(
                runner,
                event("one", BreadcrumbEventKind.CREATED, "urgent")
                        .setVisibility(visibility)
                        .setCreatedBy(createdBy)
                        .setAcl(granted == null ? List.of() : List.of(granted)));
        runUntil("00:00:10");

        assertThat(ids()).hasSize(expected ? 1 : 0);
        assertThat(runner.bus().openRecords()).isZero();
    }

    @Test
    void shouldAskForNothingByATriggerThatIsRefused() {
        Node runner = runner();
        define(
                runner,
                selector(ContextOperator.UNKNOWN),
                trigger(TriggerKind.SELECTOR).build(),
                trigger(TriggerKind.SELECTOR)
                        .setSelector(Selector.newBuilder().build())
                        .build());
        runUntil("00:00:05");

        decide(runner, "one", BreadcrumbEventKind.CREATED, "urgent");
        runUntil("00:00:10");

        assertThat(ids()).isEmpty();
        assertThat(runner.bus().openRecords()).isZero();
    }

    @Test
    void shouldStopWithItsRunner() {
        Node runner = runner();
        define(runner, cron(MINUTES, MissedTicks.SKIP), selector(ContextOperator.GT));
        runUntil("00:00:05");

        runner.triggers().close();
        decide(runner, "one", BreadcrumbEventKind.CREATED, "urgent");
        runUntil("00:01:10");

        assertThat(ids()).isEmpty();
    }

    // ------------------------------------------------------------------ records

    private static Trigger.Builder trigger(TriggerKind kind) {
        return Trigger.newBuilder().setName("it").setKind(kind).setInput("{\"dry\": true}");
    }

    private static Trigger cron(String expression, MissedTicks missed) {
        return trigger(TriggerKind.CRON).setCron(expression).setMissed(missed).build();
    }

    private static Trigger selector(ContextOperator operator) {
        return trigger(TriggerKind.SELECTOR)
                .setSelector(Selector.newBuilder()
                        .setAnyTags(List.of("urgent"))
                        .setContext(List.of(new ContextCondition("n", operator, "6")))
                        .build())
                .build();
    }

    private void decide(Node by, String id, BreadcrumbEventKind kind, String tag) {
        publish(by, event(id, kind, tag));
    }

    private BreadcrumbEvent.Builder event(String id, BreadcrumbEventKind kind, String tag) {
        return BreadcrumbEvent.newBuilder()
                .setMeta(Metas.of(Catalogue.BREADCRUMB_EVENT, id, "default", "test", scheduler.now()))
                .setBreadcrumbId("b-" + id)
                .setKind(kind)
                .setTags(List.of(tag))
                .setContext("{\"n\": 7}");
    }

    private static void publish(Node by, BreadcrumbEvent.Builder decided) {
        BreadcrumbEvent event = decided.build();
        by.bus().publish(Catalogue.BREADCRUMB_EVENT, event.getBreadcrumbId(), event);
    }

    private static String tick(String time) {
        return "tick/sweep/it/2026-01-01T" + time + "Z";
    }
}
