package io.breadcrumbs.api.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.api.owner.Ownership;
import io.breadcrumbs.api.webhooks.Sending.Result;
import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.schemas.BreadcrumbEventKind;
import io.breadcrumbs.schemas.DeadLetter;
import io.breadcrumbs.schemas.Visibility;
import io.breadcrumbs.schemas.WebhookDelivery;
import io.breadcrumbs.schemas.WebhookOutcome;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.breadcrumb.Breadcrumbs;
import io.breadcrumbs.sdk.breadcrumb.Change;
import io.breadcrumbs.sdk.egress.Reach;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.MemoryProcess;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DelivererTest {

    private static final Result TAKEN = new Result.Taken(204);
    private static final Result FAILED = new Result.Failed(500, "answered with status 500", true);
    private static final WebhookSettings SETTINGS = new WebhookSettings(
            Reach.NOTHING, new SigningSecrets(new byte[32]), Duration.ofSeconds(10), 4, Duration.ofSeconds(1), 20);

    private final SeededScheduler scheduler = new SeededScheduler(5);
    private final MemoryCluster cluster = new MemoryCluster(scheduler, 2, Faults.NONE);
    private final Wire wire = MemoryBus.wire();
    private final MemoryBus client = MemoryBus.in(cluster.process("client"), wire, scheduler);
    private final Breadcrumbs breadcrumbs = new Breadcrumbs(client);
    private final List<DeadLetter> letters = new ArrayList<>();

    /** What came to receivers: breadcrumb, version, delivery. */
    private final List<String> received = new ArrayList<>();

    private Function<Sending.Post, Result> receiver = _ -> TAKEN;

    /** An instance that delivers. */
    private final class Instance {
        final MemoryProcess process;
        final MemoryBus bus;
        final Outcomes outcomes;
        final Deliverer deliverer;

        Instance(String name) {
            process = cluster.process(name);
            bus = MemoryBus.in(process, wire, scheduler);
            outcomes = new Outcomes(bus, process);
            Subscriptions subscriptions = new Subscriptions(bus);
            deliverer = new Deliverer(
                    new Deliverer.Around(process, process::execute, scheduler.random()),
                    subscriptions::all,
                    SETTINGS,
                    this::receive,
                    outcomes);
            subscriptions.tell(new Subscriptions.Listener() {
                @Override
                public void some() {
                    process.execute(() -> deliverer.join(bus));
                }

                @Override
                public void gone(String id) {
                    deliverer.gone(id);
                }
            });
            pass(Duration.ofSeconds(2));
        }

        private Result receive(Sending.Post post) {
            BreadcrumbEvent event = post.told().event();
            received.add(post.to().id() + " " + event.getBreadcrumbId() + " " + event.getBreadcrumbVersion() + " "
                    + post.id());
            return receiver.apply(post);
        }
    }

    @BeforeEach
    void start() {
        MemoryProcess process = cluster.process("owner");
        Ownership owner = new Ownership(MemoryBus.in(process, wire, scheduler), process, process::execute);
        client.tail(TailFrom.beginning(Catalogue.DEAD_LETTER), (letter, _, _) -> letters.add(letter.body()));
        pass(Duration.ofSeconds(2));
        assertThat(owner.missing()).isNull();
    }

    private void pass(Duration time) {
        scheduler.run(time);
    }

    private void change(Change... changes) {
        for (Change change : changes) {
            breadcrumbs.ask(change);
            pass(Duration.ofMillis(50));
        }
        pass(Duration.ofMillis(400));
    }

    private static Change subscription(String name, String selector) {
        return Change.create(Subscribed.SCHEMA)
                .id("webhook:" + name)
                .context("{\"url\":\"https://" + name + ".example.com/in\",\"selector\":" + selector + "}");
    }

    private static Change note(String id) {
        return Change.create("note.v1").id(id);
    }

    private long attempts(Sending.Post post) {
        return received.stream().filter(one -> one.endsWith(" " + post.id())).count();
    }

    /** What a subscription received, in order, without ids of deliveries. */
    private List<String> received(String name) {
        return received.stream()
                .filter(one -> one.startsWith("webhook:" + name + " "))
                .map(one -> one.split(" ", -1))
                .map(words -> words[1] + "/" + words[2])
                .toList();
    }

    @Test
    void shouldPostWhatIsSelectedOnce() {
        Instance one = new Instance("one");
        Instance two = new Instance("two");
        change(note("before"), subscription("s", "{\"all_tags\":[\"x\"]}"), subscription("t", "null"));

        change(note("a").tags("x"), note("b"), note("c").workspace("theirs"), Change.delete("a"));

        assertThat(received("s")).containsExactly("a/1", "a/2");
        assertThat(received("t")).containsExactlyInAnyOrder("a/1", "b/1", "a/2");
        assertThat(one.outcomes.of("webhook:s")).hasSize(2).isEqualTo(two.outcomes.of("webhook:s"));
        assertThat(one.outcomes.of("webhook:s").getLast()).satisfies(outcome -> {
            assertThat(outcome.getOutcome()).isEqualTo(WebhookOutcome.DELIVERED);
            assertThat(outcome.getEvent()).isEqualTo(BreadcrumbEventKind.CREATED);
            assertThat(outcome.getAttempts()).isEqualTo(1);
        });
        assertThat(one.deliverer.open() + two.deliverer.open()).isZero();
    }

    @Test
    void shouldPostOfPrivateBreadcrumbsOnlyWhatTheSubscriberMaySee() {
        Instance one = new Instance("one");
        change(
                subscription("bobs", "null").author("bob"),
                subscription("anns", "null").author("ann"));

        change(
                note("hers").author("ann").visibility(Visibility.PRIVATE),
                note("shared").author("ann").visibility(Visibility.PRIVATE).acl(List.of("bob")),
                note("open").author("ann"),
                Change.delete("hers").author("ann"));

        assertThat(received("bobs")).containsExactlyInAnyOrder("shared/1", "open/1");
        assertThat(received("anns")).containsExactlyInAnyOrder("hers/1", "hers/2", "shared/1", "open/1");
        assertThat(letters).isEmpty();
        assertThat(one.deliverer.open()).isZero();
    }

    @Test
    void shouldTryAgainUntilItIsTakenAndKeepTheOrderOfABreadcrumb() {
        Instance one = new Instance("one");
        change(subscription("s", "null"));
        receiver = post -> post.told().event().getBreadcrumbId().equals("a") && attempts(post) < 3 ? FAILED : TAKEN;

        change(note("a"), Change.tag("a").add(List.of("x")), note("b"));
        assertThat(received("s")).contains("b/1").doesNotContain("a/2");
        pass(Duration.ofMinutes(2));

        assertThat(received("s").stream().filter(post -> post.startsWith("a")))
                .containsExactly("a/1", "a/1", "a/1", "a/2", "a/2", "a/2");
        assertThat(received.stream().filter(post -> post.contains("a 1")).distinct())
                .hasSize(1);
        assertThat(one.outcomes.of("webhook:s"))
                .extracting(WebhookDelivery::getAttempts)
                .contains(3, 3, 1);
        assertThat(letters).isEmpty();
        assertThat(one.deliverer.open()).isZero();
    }

    @Test
    void shouldMakeADeadLetterOfWhatNobodyTakes() {
        Instance one = new Instance("one");
        change(subscription("dead", "null"), subscription("well", "null"));
        receiver = post -> post.to().id().equals("webhook:dead") ? FAILED : TAKEN;

        change(note("a"));
        pass(Duration.ofMinutes(5));

        assertThat(received("dead")).hasSize(4);
        assertThat(received("well")).containsExactly("a/1");
        assertThat(letters).singleElement().satisfies(letter -> {
            assertThat(letter.getCode()).isEqualTo("WEBHOOK_FAILED");
            assertThat(letter.getMessage()).contains("webhook:dead", "dead.example.com", "status 500");
            assertThat(letter.getTopic()).isEqualTo(Catalogue.BREADCRUMB_EVENT.name());
            assertThat(letter.getAttempts()).isEqualTo(4);
            assertThat(letter.getValue()).isNull();
        });
        assertThat(one.outcomes.of("webhook:dead"))
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.getOutcome()).isEqualTo(WebhookOutcome.DEAD));
        assertThat(one.deliverer.open()).isZero();
    }

    @Test
    void shouldNotTryAgainWhatCannotGetBetter() {
        Instance one = new Instance("one");
        change(subscription("s", "null"));
        receiver = _ -> new Result.Failed(0, "host may not be reached", false);

        change(note("a"));

        assertThat(received("s")).hasSize(1);
        assertThat(letters).hasSize(1);
        assertThat(one.deliverer.open()).isZero();
    }

    @Test
    void shouldPostAgainUnderTheSameIdWhatWasNotAcknowledged() {
        Instance one = new Instance("one");
        change(subscription("s", "null"));
        receiver = _ -> {
            one.process.kill(); // the receiver has it, and nobody has written that down
            return TAKEN;
        };
        change(note("a"));
        assertThat(received).hasSize(1);
        receiver = _ -> TAKEN;

        Instance two = new Instance("two");
        pass(Duration.ofSeconds(30));

        assertThat(received).hasSize(2);
        assertThat(received.stream().distinct()).hasSize(1);
        assertThat(two.deliverer.open()).isZero();
    }

    @Test
    void shouldLeaveToOthersWhatWaitsWhenAPartitionGoes() {
        Instance one = new Instance("one");
        change(subscription("s", "null"));
        receiver = _ -> FAILED;
        change(note("a"), note("b"), note("c"), note("d"));
        receiver = _ -> TAKEN;

        one.deliverer.close();
        int before = received.size();
        pass(Duration.ofMinutes(3));
        assertThat(received).hasSize(before);
        assertThat(one.deliverer.open()).isZero();
        Instance two = new Instance("two");
        pass(Duration.ofMinutes(1));

        assertThat(received("s").subList(before, received.size()))
                .containsExactlyInAnyOrder("a/1", "b/1", "c/1", "d/1");
        assertThat(letters).isEmpty();
        assertThat(two.deliverer.open()).isZero();
    }

    @Test
    void shouldSendAwayWhatIsMoreThanMayWait() {
        Instance one = new Instance("one");
        change(subscription("dead", "null"), subscription("well", "null"));
        receiver = post -> post.to().id().equals("webhook:dead") ? FAILED : TAKEN;

        for (int i = 0; i < 30; i++) {
            breadcrumbs.ask(note("n" + i));
        }
        pass(Duration.ofMillis(900));

        assertThat(received("well")).hasSize(30);
        assertThat(letters).hasSize(10).extracting(DeadLetter::getCode).containsOnly("WEBHOOK_BUSY");
        pass(Duration.ofMinutes(5));
        assertThat(letters).hasSize(30);
        assertThat(one.deliverer.open()).isZero();
    }

    @Test
    void shouldForgetWhatWaitsForWhoHasUnsubscribed() {
        Instance one = new Instance("one");
        change(subscription("s", "null"));
        receiver = _ -> FAILED;
        change(note("a"), Change.tag("a").add(List.of("x")));

        change(Change.delete("webhook:s"));
        int before = received.size();
        pass(Duration.ofMinutes(5));

        assertThat(received).hasSize(before);
        assertThat(letters).isEmpty();
        assertThat(one.deliverer.open()).isZero();
    }
}
