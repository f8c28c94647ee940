package io.breadcrumbs.api.operate;

import io.breadcrumbs.api.stream.Frame;
import io.breadcrumbs.api.stream.Place;
import io.breadcrumbs.api.stream.Source;
import io.breadcrumbs.api.stream.Viewers;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.operate.SeenRecord;
import io.breadcrumbs.sdk.operate.TopicRecords;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The records of a topic from a place on. Its reader is polled when the viewer has room, and never waits: where nothing
 * has come, a timer asks again soon. Nothing is read ahead but what the reader fetches. Guarded by the monitor.
 */
final class RecordSource implements Source {

    private static final Duration AT_ONCE = Duration.ofMillis(1);
    private static final Duration SOON = Duration.ofMillis(5);
    private static final Duration LATER = Duration.ofMillis(200);

    /** So often in a row nothing has come though there is more: that is longer than brokers may be slow. */
    private static final int IN_VAIN = 100;

    /** After so many records that are not meant others get their turn. */
    private static final int LOOKED_AT = 500;

    /** A viewer who wants little learns how far it is after so many records that it does not. */
    private static final int TELL_PLACE_AFTER = 1_000;

    private final Wanted wanted;
    private final Reading reading;
    private final Around around;
    private Place seen;
    private Duration pause = SOON;
    private Runnable wake = () -> {};
    private Runnable timer = () -> {};
    private int vain;
    private int untold;
    private int told;
    private boolean greeted;
    private boolean over;
    private boolean closed;

    /** Clock and threads, and who is told when nobody reads any more. */
    record Around(Time time, Executor hands, Runnable gone) {}

    /**
     * Where it reads.
     *
     * @param records from the place on
     * @param ends where it is over; null: never
     */
    record Reading(
            TopicRecords records, Place from, @Nullable Map<Integer, Long> ends) {}

    RecordSource(Wanted wanted, Reading reading, Around around) {
        this.wanted = wanted;
        this.reading = reading;
        this.around = around;
        seen = reading.from();
    }

    @Override
    public synchronized Next next() {
        if (!greeted) {
            greeted = true;
            Json data = JsonObject.builder()
                    .put("topic", wanted.topic())
                    .put("workspace", wanted.workspace())
                    .build();
            return new Next.Frames(List.of(Viewers.greeting(), Frame.event("connected", seen.toString(), data)));
        }
        int looked = 0;
        while (!over && !closed) {
            List<Fetched> read = reading.records().poll(Duration.ZERO);
            List<byte[]> frames = frames(read);
            if (!frames.isEmpty()) {
                pause = SOON;
                vain = 0;
                return new Next.Frames(frames);
            }
            looked += read.size();
            vain = read.isEmpty() ? vain + 1 : 0;
            if (read.isEmpty()) {
                demandNews();
                wakeAfter(pause);
                Duration longer = pause.multipliedBy(2);
                pause = longer.compareTo(LATER) < 0 ? longer : LATER;
                return new Next.Nothing();
            }
            if (looked >= LOOKED_AT) {
                wakeAfter(AT_ONCE);
                return new Next.Nothing();
            }
        }
        return new Next.End();
    }

    private List<byte[]> frames(List<Fetched> read) {
        List<byte[]> frames = new ArrayList<>();
        for (Fetched one : read) {
            if (told < wanted.most()) {
                take(one, frames);
            }
        }
        Map<Integer, Long> ends = reading.ends();
        if (told == wanted.most() || (ends != null && reading.records().reached(ends))) {
            over = true;
            frames.add(Frame.event("end", seen.toString(), Json.object("records", Json.of(told))));
        } else if (untold >= TELL_PLACE_AFTER) {
            frames.add(Frame.place(seen.toString()));
            untold = 0;
        }
        return frames;
    }

    /** Who waits for an end is not kept waiting for ever: it comes back, and is told how it is. */
    private void demandNews() {
        if (reading.ends() != null && vain > IN_VAIN) {
            throw new BusException(ErrorCode.AWAY, wanted.topic() + " has more, and the brokers do not give it");
        }
    }

    private void take(Fetched one, List<byte[]> frames) {
        int partition = one.partition().number();
        if (one.offset() < seen.next(partition)) {
            return; // it came before
        }
        SeenRecord record = reading.records().seen(one);
        seen = seen.with(partition, one.offset() + 1);
        untold++;
        if (wanted.means(record)) {
            frames.add(Frame.event("record", seen.toString(), record.json().toString()));
            untold = 0;
            told++;
        }
    }

    private void wakeAfter(Duration time) {
        timer.run();
        timer = around.time().after(time, wake);
    }

    @Override
    public synchronized Runnable whenThereIsMore(Runnable more) {
        wake = more;
        return () -> around.hands().execute(this::close); // who is told must not close it
    }

    private synchronized void close() {
        closed = true;
        timer.run();
        reading.records().close();
        around.gone().run();
    }
}
