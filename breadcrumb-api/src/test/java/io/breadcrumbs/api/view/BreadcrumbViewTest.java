package io.breadcrumbs.api.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breadcrumbs.api.owner.Ownership;
import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.schemas.BreadcrumbEventKind;
import io.breadcrumbs.schemas.Selector;
import io.breadcrumbs.schemas.Visibility;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.breadcrumb.Answer;
import io.breadcrumbs.sdk.breadcrumb.Breadcrumbs;
import io.breadcrumbs.sdk.breadcrumb.Change;
import io.breadcrumbs.sdk.selector.Selection;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.MemoryProcess;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BreadcrumbViewTest {

    private static final Viewer ANN = new Viewer("default", "ann", false);
    private static final Filter ALL =
            Filter.of(ANN, Selection.of(Selector.newBuilder().build()));

    @TempDir
    private Path folder;

    private World world = new World();
    private BreadcrumbView view;

    /** A log with an owner, and a process that has the view. */
    private static final class World {
        final SeededScheduler scheduler = new SeededScheduler(3);
        final MemoryCluster cluster = new MemoryCluster(scheduler, 2, Faults.NONE);
        final Wire wire = MemoryBus.wire();
        final MemoryProcess process = cluster.process("api");
        final MemoryBus bus = MemoryBus.in(process, wire, scheduler);
        final Ownership owner = new Ownership(bus, process, process::execute);
        final Breadcrumbs breadcrumbs = new Breadcrumbs(bus);

        void pass(Duration time) {
            scheduler.run(time);
        }

        Answer.Done done(Change change) {
            CompletableFuture<Answer> asked = breadcrumbs.ask(change);
            pass(Duration.ofMillis(300));
            return (Answer.Done) asked.join();
        }
    }

    private BreadcrumbView open() throws IOException {
        BreadcrumbView opened = new BreadcrumbView(world.bus, world.process, world.process::execute, folder);
        world.pass(Duration.ofSeconds(3));
        assertThat(opened.missing()).isNull();
        return opened;
    }

    @BeforeEach
    void start() throws IOException {
        world.pass(Duration.ofSeconds(2));
        view = open();
    }

    @AfterEach
    void stop() {
        view.close();
    }

    private List<String> ids() throws IOException {
        world.pass(Duration.ofMillis(200));
        return view.find(ALL, 100, null, Seen.NOTHING).breadcrumbs().stream()
                .map(one -> one.getMeta().getId())
                .toList();
    }

    private List<BreadcrumbEventKind> history(String id) throws IOException {
        return history(ANN, id);
    }

    private List<BreadcrumbEventKind> history(Viewer viewer, String id) throws IOException {
        CompletableFuture<List<BreadcrumbEvent>> history = view.history(viewer, id, Seen.NOTHING);
        world.pass(Duration.ofMillis(500));
        return history.join().stream().map(BreadcrumbEvent::getKind).toList();
    }

    @Test
    void shouldShowWhatWasWrittenAsSoonAsItIsAskedFor() throws IOException {
        Answer.Done created = world.done(Change.create("note.v1").id("a").context("{\"n\":1}"));
        Seen seen = Seen.NOTHING.and(created.position());

        assertThat(view.get(ANN, "a", seen)).isNotNull();
        assertThat(view.get(new Viewer("theirs", "ann", true), "a", seen)).isNull();
        assertThat(view.find(ALL, 10, null, seen).breadcrumbs()).hasSize(1);
        assertThat(view.lag().isDone()).isFalse();
    }

    @Test
    void shouldShowAllThatStandsInTheLogToWhoAsksForNow() throws IOException {
        view.find(ALL, 10, null, Seen.NOTHING); // what has come since is not looked for at every search
        world.done(Change.create("note.v1").id("a"));
        CompletableFuture<Seen> first = view.now();
        CompletableFuture<Seen> second = view.now();
        assertThat(first).isNotDone();

        world.pass(Duration.ofMillis(100));

        assertThat(view.find(ALL, 10, null, first.join()).breadcrumbs()).hasSize(1);
        assertThat(second.join()).isEqualTo(first.join());
    }

    @Test
    void shouldKnowTheHistory() throws IOException {
        world.done(Change.create("note.v1").id("a"));
        world.done(Change.merge("a").context("{\"n\":1}"));
        world.breadcrumbs.ask(Change.patch("a").base(9).title("no"));
        world.done(Change.delete("a"));

        assertThat(history("a"))
                .containsExactly(BreadcrumbEventKind.DELETED, BreadcrumbEventKind.UPDATED, BreadcrumbEventKind.CREATED);
        assertThat(ids()).isEmpty();
    }

    @Test
    void shouldShowWhatIsPublicToOtherWorkspacesAndWhatIsPrivateToWhomItNames() throws IOException {
        world.done(Change.create("note.v1").id("p").author("ann").visibility(Visibility.PUBLIC));
        Seen seen = Seen.NOTHING.and(world.done(Change.create("note.v1")
                        .id("q")
                        .author("ann")
                        .visibility(Visibility.PRIVATE)
                        .acl(List.of("bob")))
                .position());

        assertThat(view.get(new Viewer("theirs", "eve", false), "p", seen)).isNotNull();
        assertThat(view.get(new Viewer("theirs", "ann", true), "q", seen)).isNull();
        assertThat(view.get(new Viewer("default", "eve", false), "q", seen)).isNull();
        assertThat(view.get(new Viewer("default", "eve", true), "q", seen)).isNotNull();
        assertThat(view.get(new Viewer("default", "bob", false), "q", seen)).isNotNull();
        assertThat(view.get(ANN, "q", seen)).isNotNull();
    }

    @Test
    void shouldShowNoVersionToWhomItWasNotShownThen() throws IOException {
        world.done(Change.create("note.v1").id("a").author("ann").visibility(Visibility.PRIVATE));
        world.done(Change.patch("a").visibility(Visibility.PUBLIC));

        assertThat(history(new Viewer("default", "eve", false), "a")).containsExactly(BreadcrumbEventKind.UPDATED);
        assertThat(history(new Viewer("theirs", "eve", true), "a")).containsExactly(BreadcrumbEventKind.UPDATED);
        assertThat(history(ANN, "a")).hasSize(2);

        world.done(Change.patch("a").visibility(Visibility.PRIVATE));
        assertThat(history(new Viewer("default", "eve", false), "a")).isEmpty();
        assertThat(history(new Viewer("theirs", "eve", true), "a")).isEmpty();
    }

    @Test
    void shouldGoOnWhereItWas() throws IOException {
        world.done(Change.create("note.v1").id("a"));
        view.close();
        world.done(Change.create("note.v1").id("b"));
        world.done(Change.delete("a"));
        view = open();
        world.done(Change.create("note.v1").id("c"));

        assertThat(ids()).containsExactlyInAnyOrder("b", "c");
        assertThat(history("a")).containsExactly(BreadcrumbEventKind.DELETED, BreadcrumbEventKind.CREATED);
    }

    @Test
    void shouldBeginAnewWithALogThatIsAnother() throws IOException {
        world.done(Change.create("note.v1").id("a"));
        world.done(Change.create("note.v1").id("b"));
        view.close();
        world = new World();
        world.pass(Duration.ofSeconds(2));
        world.done(Change.create("note.v1").id("a").title("Another"));
        world.done(Change.create("note.v1").id("d"));

        view = open();

        assertThat(ids()).containsExactlyInAnyOrder("a", "d");
        assertThat(history("a")).containsExactly(BreadcrumbEventKind.CREATED);
    }

    @Test
    void shouldHaveTheWholeHistoryWhenItBeginsAnew(@TempDir Path other) throws IOException {
        world.done(Change.create("note.v1").id("a"));
        world.done(Change.tag("a").add(List.of("x")));
        world.done(Change.create("note.v1").id("gone"));
        world.done(Change.delete("gone"));
        view.close();
        folder = other;

        view = open();

        assertThat(ids()).containsExactly("a");
        assertThat(history("a")).containsExactly(BreadcrumbEventKind.UPDATED, BreadcrumbEventKind.CREATED);
        assertThat(history("gone")).containsExactly(BreadcrumbEventKind.DELETED, BreadcrumbEventKind.CREATED);
    }

    @Test
    void shouldEndWhatIsOver() throws IOException {
        Set<Integer> owned = world.owner.partitions();
        try (Expiry _ = new Expiry(
                view,
                world.breadcrumbs,
                world.bus,
                () -> owned,
                new Expiry.Around(world.process, world.process::execute))) {
            world.done(
                    Change.create("note.v1").id("a").ends(world.scheduler.now().plusSeconds(2)));
            assertThat(ids()).containsExactly("a");

            world.pass(Duration.ofSeconds(4));

            assertThat(ids()).isEmpty();
            assertThat(history("a")).contains(BreadcrumbEventKind.EXPIRED, BreadcrumbEventKind.CREATED);
        }
    }

    @Test
    void shouldNotWaitForEverForWhatNeverComes() {
        Seen never = new Seen(java.util.Map.of(0, 1_000_000L));

        assertThatThrownBy(() -> view.get(ANN, "a", never)).isInstanceOf(LateException.class);
    }
}
