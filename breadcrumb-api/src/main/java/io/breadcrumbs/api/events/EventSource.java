package io.breadcrumbs.api.events;

import io.breadcrumbs.api.stream.Frame;
import io.breadcrumbs.api.stream.Place;
import io.breadcrumbs.api.stream.Source;
import io.breadcrumbs.api.stream.Viewers;
import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.workflow.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The events that somebody watches, from a place on. They come from the latest events; what those do not have any more
 * comes from the log, a page at a time, until the latest have the rest. While a page is read nobody waits for it.
 */
final class EventSource implements Source {

    private static final int AT_ONCE = 200;

    /** A viewer who selects little learns how far it is after so many events that it does not. */
    private static final int TELL_PLACE_AFTER = 1_000;

    private final LatestEvents latest;
    private final Bus bus;
    private final Watch watch;
    private Place seen;
    private long number;
    private int untold;
    private boolean greeted;
    private boolean over;
    private @Nullable Page page;
    private volatile Runnable wake = () -> {};

    /** A page that is being read, of offsets of one partition up to {@code end}. */
    private record Page(
            int partition, long end, CompletableFuture<SequencedMap<Position, Breadcrumb<BreadcrumbEvent>>> found) {}

    /** @param from what has been seen */
    EventSource(LatestEvents latest, Bus bus, Watch watch, Place from) {
        this.latest = latest;
        this.bus = bus;
        this.watch = watch;
        seen = from;
        number = latest.after(from);
    }

    @Override
    public Next next() {
        if (!greeted) {
            greeted = true;
            return new Next.Frames(List.of(
                    Viewers.greeting(),
                    Frame.event("connected", seen.toString(), Json.object("workspace", Json.of(watch.workspace())))));
        }
        while (!over) {
            List<byte[]> frames = new ArrayList<>();
            boolean more = number == LatestEvents.GONE ? fromLog(frames) : fromLatest(frames);
            if (untold >= TELL_PLACE_AFTER) {
                frames.add(Frame.place(seen.toString()));
                untold = 0;
            }
            if (!frames.isEmpty()) {
                return new Next.Frames(frames);
            }
            if (!more) {
                return new Next.Nothing();
            }
        }
        return new Next.End();
    }

    private boolean fromLatest(List<byte[]> frames) {
        LatestEvents.Stretch stretch = latest.from(number, AT_ONCE);
        if (stretch == null) {
            number = LatestEvents.GONE;
            return true;
        }
        for (LatestEvents.One one : stretch.events()) {
            boolean known = one.told().offset() < seen.next(one.told().partition());
            seen = seen.and(one.after());
            if (!known) {
                pass(one.told(), frames);
            }
        }
        number = stretch.next();
        return !stretch.events().isEmpty();
    }

    private boolean fromLog(List<byte[]> frames) {
        Page read = page;
        if (read == null) {
            Place before = latest.before();
            int partition = seen.behind(before);
            if (partition < 0) {
                number = latest.after(seen);
                return true;
            }
            read = read(partition, Math.min(before.next(partition), seen.next(partition) + AT_ONCE));
            page = read;
            read.found().whenComplete((_, _) -> wake.run());
        }
        if (!read.found().isDone()) {
            return false;
        }
        page = null;
        read.found().join().forEach((position, breadcrumb) -> {
            BreadcrumbEvent event = breadcrumb.value();
            seen = seen.with(position.partition().number(), position.offset() + 1);
            if (event != null && Told.tells(event)) {
                pass(new Told(event, position), frames);
            }
        });
        seen = seen.with(read.partition(), read.end());
        return true;
    }

    private Page read(int partition, long end) {
        Partition of = new Partition(Catalogue.BREADCRUMB_EVENT.name(), partition);
        List<Position> positions = LongStream.range(seen.next(partition), end)
                .mapToObj(offset -> new Position(of, offset))
                .toList();
        return new Page(partition, end, bus.find(Catalogue.BREADCRUMB_EVENT, positions));
    }

    private void pass(Told told, List<byte[]> frames) {
        untold++;
        if (!over && watch.means(told)) {
            frames.add(Frame.event(told.name(), seen.toString(), told.data()));
            untold = 0;
            over = watch.isOverWith(told);
        }
    }

    @Override
    public Runnable whenThereIsMore(Runnable more) {
        wake = more;
        return latest.watch(watch.workspace(), more);
    }
}
