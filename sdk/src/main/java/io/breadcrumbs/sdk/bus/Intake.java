package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.schemas.wire.UndecodableException;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.LogRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Turns what the log gave into breadcrumbs, without ever waiting: a schema that is not known yet is fetched on another
 * thread, and so is a body that stands in chunks of its own.
 */
final class Intake {

    private static final Duration AGAIN = Duration.ofSeconds(1);

    /** What became of a record. */
    sealed interface Taken<V extends SpecificRecord> {

        record Ready<V extends SpecificRecord>(Breadcrumb<V> breadcrumb) implements Taken<V> {}

        /** Something it needs is on its way; {@code wake} is called when it is there. */
        record NotYet<V extends SpecificRecord>() implements Taken<V> {}

        /** A tombstone: there is nothing to handle. */
        record Nothing<V extends SpecificRecord>() implements Taken<V> {}

        /** It can never be decoded. */
        record Poison<V extends SpecificRecord>(Breadcrumb<V> breadcrumb, String reason) implements Taken<V> {}
    }

    private final Parts parts;
    private final Bodies bodies;
    private final Graveyard graveyard;
    private final Set<Integer> learning = ConcurrentHashMap.newKeySet();

    Intake(Parts parts, Bodies bodies, Graveyard graveyard) {
        this.parts = parts;
        this.bodies = bodies;
        this.graveyard = graveyard;
    }

    <V extends SpecificRecord> Taken<V> open(Topic<V> topic, Fetched fetched, Runnable wake) {
        LogRecord record = fetched.record();
        byte[] value = record.value();
        if (value == null) {
            return new Taken.Nothing<>();
        }
        Wire wire = parts.wire();
        if (!wire.knows(value)) {
            learn(value, wake);
            return new Taken.NotYet<>();
        }
        try {
            V decoded = wire.decode(topic, value);
            if (bodies.isElsewhere(topic, decoded)) {
                V whole = bodies.attached(topic, decoded, fetched.position(), wake);
                return whole == null ? new Taken.NotYet<>() : new Taken.Ready<>(breadcrumb(topic, record, whole));
            }
            return new Taken.Ready<>(breadcrumb(topic, record, decoded));
        } catch (UndecodableException | MissingBodyException e) {
            return new Taken.Poison<>(breadcrumb(topic, record, null), String.valueOf(e.getMessage()));
        }
    }

    /** A record that was opened before, and was not ready, is not wanted any more. */
    void forget(Fetched fetched) {
        bodies.forget(fetched.position());
    }

    /** Puts a record that nobody can read where people look for it; it is done when it is there. */
    <V extends SpecificRecord> void bury(Fetched fetched, Taken.Poison<V> poison, Entry<V> entry) {
        entry.doneWhen(
                graveyard.bury(fetched, poison.reason()),
                () -> parts.time().after(AGAIN, () -> bury(fetched, poison, entry)));
    }

    static <V extends SpecificRecord> Breadcrumb<V> breadcrumb(Topic<V> topic, LogRecord record, @Nullable V value) {
        return new Breadcrumb<>(topic, record.partition(), key(record), value, record.headers());
    }

    static String key(LogRecord record) {
        byte[] key = record.key();
        return key == null ? "" : new String(key, StandardCharsets.UTF_8);
    }

    private void learn(byte[] value, Runnable wake) {
        int id = ByteBuffer.wrap(value, 1, Integer.BYTES).getInt();
        if (!learning.add(id)) {
            return;
        }
        parts.hands().execute(() -> {
            try {
                parts.wire().learn(value);
                learning.remove(id);
                wake.run();
            } catch (RuntimeException e) { // the registry is away: asked again, the record waits
                parts.time().after(AGAIN, () -> {
                    learning.remove(id);
                    wake.run();
                });
            }
        });
    }
}
