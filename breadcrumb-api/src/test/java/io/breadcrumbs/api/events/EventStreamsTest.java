package io.breadcrumbs.api.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breadcrumbs.api.owner.Ownership;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.api.stream.Place;
import io.breadcrumbs.api.stream.Source;
import io.breadcrumbs.api.stream.Viewers;
import io.breadcrumbs.api.view.Viewer;
import io.breadcrumbs.schemas.ContextCondition;
import io.breadcrumbs.schemas.ContextOperator;
import io.breadcrumbs.schemas.Selector;
import io.breadcrumbs.schemas.Visibility;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.breadcrumb.Breadcrumbs;
import io.breadcrumbs.sdk.breadcrumb.Change;
import io.breadcrumbs.sdk.selector.Selection;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.MemoryProcess;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamsTest {

    private static final Watch ALL = new Watch(
            new Viewer("default", "me", true),
            Selection.of(Selector.newBuilder().build()),
            null);
    private static final long MANY = Long.MAX_VALUE;

    /** A log with an owner of breadcrumbs, and who changes them. */
    private static final class World {
        final SeededScheduler scheduler;
        final MemoryCluster cluster;
        final Wire wire = MemoryBus.wire();
        final Breadcrumbs breadcrumbs;

        World(long seed) {
            scheduler = new SeededScheduler(seed);
            cluster = new MemoryCluster(scheduler, 3, Faults.NONE);
            MemoryProcess owner = cluster.process("owner");
            MemoryBus bus = MemoryBus.in(owner, wire, scheduler);
            assertThat(new Ownership(bus, owner, owner::execute).partitions()).isEmpty();
            breadcrumbs = new Breadcrumbs(bus);
            pass(Duration.ofSeconds(2));
        }

        void pass(Duration time) {
            scheduler.run(time);
        }

        void change(Change... changes) {
            for (Change change : changes) {
                breadcrumbs.ask(change);
                pass(Duration.ofMillis(50));
            }
            pass(Duration.ofMillis(300));
        }
    }

    /** A process with a door. */
    private static final class Instance {
        final World world;
        final EventStreams events;
        final Viewers viewers;

        Instance(World world, String name, int kept) {
            this.world = world;
            MemoryProcess process = world.cluster.process(name);
            MemoryBus bus = MemoryBus.in(process, world.wire, world.scheduler);
            events = new EventStreams(bus, process, process::execute, new EventStreams.Bounds(kept, 1 << 20));
            viewers = new Viewers(process, process::execute, 1_000);
            world.pass(Duration.ofSeconds(1));
            assertThat(events.missing()).isNull();
        }

        /** Opens a stream from now on. */
        Onlooker watch(Watch watch) {
            return watch(watch, MANY, null);
        }

        Onlooker resume(Watch watch, String id) {
            return watch(watch, MANY, Place.parse(id));
        }

        Onlooker watch(Watch watch, long frames, @Nullable Place from) {
            Onlooker onlooker = new Onlooker(frames);
            Source source = from == null ? events.source(watch, null) : events.from(watch, from);
            Objects.requireNonNull(viewers.open(() -> {}, () -> source).body()).subscribe(onlooker);
            world.pass(Duration.ofMillis(500));
            return onlooker;
        }
    }

    private final World world = new World(1);

    private static Change note(String id) {
        return Change.create("note.v1").id(id);
    }

    @Test
    void shouldTellWhatHappensFromNowOn() {
        Instance door = new Instance(world, "door", 100);
        world.change(note("before"));
        Onlooker onlooker = door.watch(ALL);

        world.change(
                note("a").title("Milk").context("{\"n\":1,\"secret\":2,\"llm_hints\":{\"exclude\":[\"secret\"]}}"),
                Change.patch("a").base(7).title("refused"),
                Change.tag("a").add(List.of("x")),
                note("theirs").workspace("theirs"),
                Change.delete("a"));

        assertThat(onlooker.comesBackAfterMs()).isEqualTo("1000");
        assertThat(onlooker.names()).containsExactly("created", "updated", "deleted");
        assertThat(onlooker.seen().getFirst().data())
                .contains("\"id\":\"a\"", "\"title\":\"Milk\"", "\"context\":{\"n\":1}", "\"version\":1")
                .contains("\"workspace\":\"default\"", "\"event\":\"created\"")
                .doesNotContain("\n");
        assertThat(onlooker.seen().getLast().data())
                .contains("\"tags\":[\"x\"]", "\"version\":3", "\"context\":null", "\"schema_name\":\"note.v1\"");
    }

    @Test
    void shouldTellOfTheEndOfWhatMayHaveBeenSelectedByItsContext() {
        Instance door = new Instance(world, "door", 100);
        ContextCondition large = new ContextCondition("n", ContextOperator.GT, "5");
        Onlooker onlooker = door.watch(new Watch(
                new Viewer("default", "me", true),
                Selection.of(Selector.newBuilder()
                        .setSchemaName("note.v1")
                        .setContext(List.of(large))
                        .build()),
                null));

        world.change(
                note("a").context("{\"n\":6}"),
                note("b").context("{\"n\":5}"),
                Change.create("other.v1").id("c").context("{\"n\":6}"),
                Change.delete("a"),
                Change.delete("c"));

        assertThat(onlooker.names()).containsExactly("created", "deleted");
    }

    @Test
    void shouldTellOfAPrivateBreadcrumbOnlyThoseWhoMaySeeIt() {
        Instance door = new Instance(world, "door", 100);
        Onlooker bob = door.watch(new Watch(new Viewer("default", "bob", false), ALL.selection(), null));
        Onlooker bobOnIt = door.watch(new Watch(new Viewer("default", "bob", false), ALL.selection(), "hers"));
        Onlooker ann = door.watch(new Watch(new Viewer("default", "ann", false), ALL.selection(), null));
        Onlooker curator = door.watch(ALL);

        world.change(
                note("hers").author("ann").visibility(Visibility.PRIVATE),
                note("shared").author("ann").visibility(Visibility.PRIVATE).acl(List.of("bob")),
                note("open").author("ann"),
                Change.delete("hers").author("ann"));

        assertThat(ids(bob)).containsExactly("shared", "open");
        assertThat(bobOnIt.seen()).isEmpty();
        assertThat(ids(ann)).isEqualTo(ids(curator)).containsExactly("hers", "shared", "open", "hers");
    }

    private static List<String> ids(Onlooker onlooker) {
        return onlooker.seen().stream()
                .map(one -> one.data().replaceFirst(".*?\"id\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    @Test
    void shouldEndTheWatchOfABreadcrumbThatIsNoMore() {
        Instance door = new Instance(world, "door", 100);
        Onlooker onlooker = door.watch(new Watch(new Viewer("default", "me", true), ALL.selection(), "a"));

        world.change(note("b"), note("a"), Change.delete("a"), note("a"));

        assertThat(onlooker.names()).containsExactly("created", "deleted");
        assertThat(onlooker.over()).isTrue();
        assertThat(door.events.watchers()).isZero();
    }

    @Test
    void shouldCutOffWhoTakesNothingAndGoOnWithoutAGap() {
        Instance door = new Instance(world, "door", 4);
        Onlooker slow = door.watch(ALL, 3, null); // the greeting, and two
        for (int i = 0; i < 20; i++) {
            world.change(note("n" + i));
        }
        assertThat(slow.seen()).hasSize(2);

        world.pass(Duration.ofMinutes(2));
        Onlooker back = door.resume(ALL, slow.lastId());

        assertThat(slow.over()).isTrue();
        assertThat(back.seen()).hasSize(18);
        assertThat(door.viewers.size()).isEqualTo(1);
        assertThat(door.events.watchers()).isEqualTo(1);
    }

    @Test
    void shouldGoOnFromTheLogWithWhoFallsBehindTheLatestEvents() {
        Instance door = new Instance(world, "door", 2);
        Onlooker onlooker = door.watch(ALL);

        for (int i = 0; i < 30; i++) {
            world.breadcrumbs.ask(note("n" + i)); // all at once: more than are kept
        }
        world.pass(Duration.ofSeconds(3));

        assertThat(onlooker.names()).hasSize(30);
        assertThat(onlooker.seen()).doesNotHaveDuplicates();
    }

    @Test
    void shouldTellHowFarItIsToWhoSelectsLittle() {
        Instance door = new Instance(world, "door", 3_000);
        Onlooker onlooker = door.watch(new Watch(new Viewer("theirs", "me", true), ALL.selection(), null));
        String connected = onlooker.lastId();

        for (int i = 0; i < 1_600; i++) {
            world.breadcrumbs.ask(note("n" + i));
        }
        world.pass(Duration.ofSeconds(30));

        assertThat(onlooker.seen()).isEmpty();
        assertThat(onlooker.lastId()).isNotEqualTo(connected);
    }

    /** Each leaves after a random number of events, and comes back to another instance, whose order is another. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void shouldShowEachEventOnceToWhoLeavesAndComesBackElsewhere(long seed) {
        World busy = new World(seed);
        Random random = new Random(seed);
        List<Instance> doors = List.of(
                new Instance(busy, "large", 1_000), new Instance(busy, "small", 3), new Instance(busy, "tiny", 1));
        List<List<Onlooker.Seen>> all = new ArrayList<>();
        List<Onlooker> now = new ArrayList<>();
        for (int viewer = 0; viewer < 8; viewer++) {
            all.add(new ArrayList<>());
            now.add(doors.get(viewer % 3).watch(ALL));
        }

        for (int round = 0; round < 15; round++) {
            int some = random.nextInt(12);
            for (int i = 0; i < some; i++) {
                busy.breadcrumbs.ask(note("n-" + round + "-" + i));
            }
            busy.pass(Duration.ofMillis(random.nextInt(40)));
            for (int viewer = 0; viewer < now.size(); viewer++) {
                Onlooker one = now.get(viewer);
                if (random.nextInt(3) == 0 || one.over()) {
                    one.leave();
                    all.get(viewer).addAll(one.seen());
                    now.set(
                            viewer,
                            doors.get(random.nextInt(3)).watch(ALL, 2 + random.nextInt(9), Place.parse(one.lastId())));
                }
            }
        }
        for (int viewer = 0; viewer < now.size(); viewer++) {
            now.get(viewer).leave();
            all.get(viewer).addAll(now.get(viewer).seen());
            Onlooker last =
                    doors.get(random.nextInt(3)).resume(ALL, now.get(viewer).lastId());
            busy.pass(Duration.ofSeconds(5));
            last.leave();
            all.get(viewer).addAll(last.seen());
        }

        List<Onlooker.Seen> first = all.getFirst();
        assertThat(first).isNotEmpty().doesNotHaveDuplicates();
        assertThat(all).allSatisfy(one -> assertThat(one).containsExactlyInAnyOrderElementsOf(first));
        assertThat(doors).allSatisfy(door -> {
            assertThat(door.events.watchers()).isZero();
            assertThat(door.viewers.size()).isZero();
        });
    }

    @Test
    void shouldRefuseIdsThatItCannotGoOnFrom() {
        Place starts = Place.of(Map.of(0, 5L, 1, 0L));
        Place ends = Place.of(Map.of(0, 300L, 1, 7L));

        assertThat(Place.checked(ends.toString(), starts, ends).covers(ends)).isTrue();
        assertProblem(ProblemCode.GONE, Place.of(Map.of(0, 4L, 1, 7L)).toString(), starts, ends);
        assertProblem(ProblemCode.INVALID, Place.of(Map.of(0, 301L, 1, 0L)).toString(), starts, ends);
        assertProblem(ProblemCode.INVALID, Place.of(Map.of(0, 5L)).toString(), starts, ends);
        assertProblem(ProblemCode.INVALID, "17", starts, ends);
        assertProblem(ProblemCode.INVALID, "nonsense!", starts, ends);
        assertProblem(ProblemCode.INVALID, "gICAgICAgICAgIAA", starts, ends);
    }

    private static void assertProblem(ProblemCode expected, @Nullable String id, Place starts, Place ends) {
        assertThatThrownBy(() -> Place.checked(String.valueOf(id), starts, ends))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(expected));
    }

    @Test
    void shouldKeepOfAPlaceWhatItIs() {
        Place place = Place.of(Map.of(0, 0L, 1, 127L, 2, 128L, 3, Long.MAX_VALUE));

        Place again = Place.parse(place.toString());

        assertThat(again.covers(place) && place.covers(again)).isTrue();
        assertThat(again.and(place.with(0, 9)).next(0)).isEqualTo(9);
        assertThat(again.behind(place.with(2, 129))).isEqualTo(2);
    }
}
