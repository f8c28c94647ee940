package io.breadcrumbs.api;

import io.breadcrumbs.api.access.KeyDesk;
import io.breadcrumbs.api.access.SecretDesk;
import io.breadcrumbs.api.bulk.BulkDesk;
import io.breadcrumbs.api.events.EventStreams;
import io.breadcrumbs.api.mcp.McpServer;
import io.breadcrumbs.api.metrics.ViewMeters;
import io.breadcrumbs.api.operate.LetterDesk;
import io.breadcrumbs.api.operate.TopicDesk;
import io.breadcrumbs.api.owner.Ownership;
import io.breadcrumbs.api.rest.BreadcrumbStore;
import io.breadcrumbs.api.rest.FinderTools;
import io.breadcrumbs.api.runs.RunDesk;
import io.breadcrumbs.api.runs.ScheduleDesk;
import io.breadcrumbs.api.runs.WhyDesk;
import io.breadcrumbs.api.runs.WorkflowDesk;
import io.breadcrumbs.api.runs.view.RunView;
import io.breadcrumbs.api.stream.Viewers;
import io.breadcrumbs.api.tools.Members;
import io.breadcrumbs.api.tools.ToolCalls;
import io.breadcrumbs.api.tools.ToolView;
import io.breadcrumbs.api.view.BreadcrumbView;
import io.breadcrumbs.api.view.Expiry;
import io.breadcrumbs.api.webhooks.Webhooks;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.access.AccessKeys;
import io.breadcrumbs.sdk.breadcrumb.Breadcrumbs;
import io.breadcrumbs.sdk.operate.Brokers;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the door needs behind it: breadcrumbs with their owner and view, runs and who starts them. Only wires. */
public final class Services implements AutoCloseable {

    private static final int MOST_VIEWERS = 10_000;

    /** After this it is a fault that the log has more than a view has read. */
    private static final Duration LATE = Duration.ofSeconds(10);

    private final Breadcrumbs breadcrumbs;
    private final Ownership ownership;
    private final Time time;
    private final BreadcrumbView view;
    private final Expiry expiry;
    private final BreadcrumbStore store;
    private final FinderTools finder;
    private final RunView runs;
    private final WorkflowDesk shelf;
    private final RunDesk desk;
    private final BulkDesk bulk;
    private final ScheduleDesk schedules;
    private final Viewers viewers;
    private final AccessKeys keys;
    private final KeyDesk keyDesk;
    private final SecretDesk secrets;
    private final EventStreams events;
    private final Webhooks webhooks;
    private final ToolView tools;
    private final ToolCalls calls;
    private final Members members;
    private final WhyDesk why;
    private final McpServer mcp;
    private final TopicDesk topics;
    private final LetterDesk letters;

    /**
     * Starts them; they become ready by themselves.
     *
     * @param brokers for who looks into topics; not closed
     * @throws IOException if what the views have saved cannot be opened
     */
    public Services(Bus bus, Brokers brokers, Time time, Executor hands, ServicesSettings settings) throws IOException {
        this.time = time;
        Path folder = settings.folder();
        keys = new AccessKeys(bus);
        keyDesk = new KeyDesk(bus, time, keys);
        secrets = new SecretDesk(bus, time, settings.masters());
        breadcrumbs = new Breadcrumbs(bus);
        view = new BreadcrumbView(bus, time, hands, folder.resolve("breadcrumbs"));
        ownership = new Ownership(bus, time, hands);
        expiry = new Expiry(view, breadcrumbs, bus, ownership::partitions, new Expiry.Around(time, hands));
        store = new BreadcrumbStore(breadcrumbs, view);
        finder = new FinderTools(bus, time, store);
        runs = new RunView(bus, time, hands, folder.resolve("runs"));
        shelf = new WorkflowDesk(bus, store);
        desk = new RunDesk(bus, time, runs, settings.limits().openRuns(), shelf);
        bulk = new BulkDesk(bus, time, desk);
        schedules = new ScheduleDesk(time, store, runs);
        viewers = new Viewers(time, hands, MOST_VIEWERS);
        events = new EventStreams(bus, time, hands, EventStreams.Bounds.DEFAULT);
        webhooks = new Webhooks(bus, time, hands, store, settings.posting());
        tools = new ToolView(bus);
        calls = new ToolCalls(bus, time);
        members = new Members(bus, time);
        why = new WhyDesk(bus, time, desk, tools, members);
        mcp = new McpServer(new McpServer.Parts(tools, calls, store, desk, shelf), time);
        topics = new TopicDesk(brokers, time, hands);
        letters = new LetterDesk(brokers, webhooks::again);
    }

    /** What keeps them from answering; null if nothing does. */
    public @Nullable String missing() {
        return Stream.of(view.missing(), runs.missing(), events.missing(), ownership.missing(), tools.missing())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Why what they show is old; null if it is not. */
    public @Nullable String late() {
        return Stream.of(
                        late("breadcrumbs", view.behindSince()),
                        late("runs", runs.behindSince()),
                        late("tools", tools.behindSince()))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
    }

    private Optional<String> late(String what, Optional<Instant> behind) {
        return behind.filter(since -> since.isBefore(time.now().minus(LATE)))
                .map(since -> "the view of " + what + " is behind the log since " + since);
    }

    /** The partitions whose breadcrumbs this process owns. */
    public Set<Integer> partitions() {
        return ownership.partitions();
    }

    /** Who changes breadcrumbs here; others in this process may use it too. */
    public Breadcrumbs breadcrumbs() {
        return breadcrumbs;
    }

    /** From now on a registry has the gauges of views and streams. */
    public void measure(MeterRegistry registry) {
        ViewMeters.bindLag(registry, "breadcrumbs", view::lag);
        ViewMeters.bindLag(registry, "runs", runs::lag);
        ViewMeters.bindLag(registry, "tools", tools::lag);
        ViewMeters.bind(registry, runs, viewers);
        Gauge.builder("breadcrumbs.streams.events", events, EventStreams::watchers)
                .description("Streams that watch breadcrumbs")
                .register(registry);
        Gauge.builder("breadcrumbs.webhooks.events", webhooks, Webhooks::open)
                .description("Events that wait here until their receivers have them")
                .register(registry);
    }

    /** What the routes ask for. */
    Object[] parts() {
        return new Object[] {
            store, desk, bulk, shelf, schedules, viewers, keys, keyDesk, secrets, events, tools, calls, members, why,
            mcp, webhooks, topics, letters
        };
    }

    /** Gives up what it owns, and saves how far the view is. Blocks. */
    @Override
    public void close() {
        mcp.close();
        viewers.close();
        events.close();
        webhooks.close();
        tools.close();
        calls.close();
        runs.close();
        finder.close();
        expiry.close();
        ownership.close();
        breadcrumbs.close();
        keys.close();
        view.close();
    }
}
