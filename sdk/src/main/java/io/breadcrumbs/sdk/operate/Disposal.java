package io.breadcrumbs.sdk.operate;

import io.breadcrumbs.schemas.DeadLetter;
import io.breadcrumbs.schemas.Header;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.log.Headers;
import io.breadcrumbs.sdk.log.LogRecord;
import io.breadcrumbs.sdk.log.OtherHeader;
import io.breadcrumbs.sdk.log.Partition;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Ends dead letters: deletes them, or publishes their records again first. Any thread. */
public final class Disposal {

    /** Letters about posts have codes that begin so: they are about an event that was handled, and hold no record. */
    private static final String POST = "WEBHOOK_";

    /** A record with the origin and number of the first one would be taken for a copy of it. */
    private static final Set<String> NOT_AGAIN = Set.of("origin", "seq");

    private final DeadLetters letters;
    private final Brokers brokers;

    public Disposal(DeadLetters letters, Brokers brokers) {
        this.letters = letters;
        this.brokers = brokers;
    }

    /**
     * Puts the record where it stood first, with the same key and bytes, and deletes the letter when that is durable.
     */
    public Retried retry(Letter letter) {
        Optional<DeadLetter> opened = letters.open(letter);
        if (opened.isEmpty()) {
            return new Retried.Kept(letter.id(), "somebody has just ended it");
        }
        DeadLetter whole = opened.get();
        ByteBuffer value = whole.getValue();
        if (isPost(letter)) {
            return new Retried.Kept(
                    letter.id(), "it is about a webhook's post, which the platform's door makes: give its --url");
        }
        if (value == null) {
            return new Retried.Kept(
                    letter.id(),
                    "its bytes were left out; they stand at " + place(whole) + " as long as that topic keeps them");
        }
        String position;
        try {
            position = brokers.append(again(whole, value)).toString();
        } catch (BusException e) {
            return new Retried.Unwritten(letter.id(), "its record was not acknowledged: " + e.getMessage());
        }
        return ended(letter, new Retried.Again(letter.id(), position), "its record is published as " + position);
    }

    /** Whether a letter is about a post of a webhook. */
    public static boolean isPost(Letter letter) {
        return letter.about().getCode().startsWith(POST) && letter.valueBytes() == null;
    }

    /** Deletes the letter after what it is about was done again. */
    public Retried ended(Letter letter, Retried done, String what) {
        try {
            delete(letter);
            return done;
        } catch (BusException e) {
            return new Retried.Unwritten(letter.id(), what + ", only the letter stays: " + e.getMessage());
        }
    }

    /**
     * Deletes a letter: readers forget it at once, the broker when it compacts.
     *
     * @throws BusException if that was not acknowledged
     */
    public void delete(Letter letter) {
        brokers.append(new LogRecord(
                letter.place().partition(), letter.id().getBytes(StandardCharsets.UTF_8), null, Headers.NONE));
    }

    private static LogRecord again(DeadLetter letter, ByteBuffer value) {
        List<OtherHeader> headers = letter.getHeaders().stream()
                .filter(header -> !NOT_AGAIN.contains(header.getName()))
                .map((Header header) -> new OtherHeader(header.getName(), bytes(header.getValue())))
                .toList();
        return new LogRecord(
                new Partition(letter.getTopic(), letter.getPartition()),
                bytes(letter.getKey()),
                DeadLetters.bytes(value),
                Headers.NONE,
                headers);
    }

    private static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
        return buffer == null ? null : DeadLetters.bytes(buffer);
    }

    private static String place(DeadLetter letter) {
        return letter.getTopic() + "-" + letter.getPartition() + "@" + letter.getOffset();
    }
}
