package io.breadcrumbs.api.stream;

import io.breadcrumbs.api.http.Bodies;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How much of the log a viewer has seen: the next offset of each partition. As text it is the id of an event: any
 * instance goes on from there, whatever order it reads the partitions in. Never changes.
 */
public final class Place {

    private static final int PARTITIONS_AT_MOST = 10_000;
    private static final int BYTES_OF_A_LONG = 10;
    private static final int SEVEN_BITS = 0x7f;

    private final long[] next;
    private volatile @Nullable String text;

    private Place(long[] next) {
        this.next = next;
    }

    /**
     * The place before these.
     *
     * @param offsets of all partitions, by their numbers from 0 on
     */
    public static Place of(Map<Integer, Long> offsets) {
        long[] next = new long[offsets.size()];
        for (int partition = 0; partition < next.length; partition++) {
            Long offset = offsets.get(partition);
            if (offset == null) {
                throw new IllegalArgumentException("offsets: expected partitions 0 to n, got " + offsets.keySet());
            }
            next[partition] = offset;
        }
        return new Place(next);
    }

    /**
     * What {@link #toString} has made.
     *
     * @throws IllegalArgumentException if it is no place
     */
    public static Place parse(String text) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
        long[] next = new long[PARTITIONS_AT_MOST];
        int partitions = 0;
        while (bytes.hasRemaining() && partitions < PARTITIONS_AT_MOST) {
            next[partitions++] = number(bytes);
        }
        if (partitions == 0 || bytes.hasRemaining()) {
            throw new IllegalArgumentException("expected 1 to " + PARTITIONS_AT_MOST + " offsets");
        }
        return new Place(Arrays.copyOf(next, partitions));
    }

    /**
     * The place that an id stands for among so many partitions.
     *
     * @throws ProblemException if it stands for none
     */
    public static Place of(String id, int partitions) {
        try {
            Place place = parse(id);
            if (place.partitions() == partitions) {
                return place;
            }
        } catch (IllegalArgumentException e) {
            // the same as an id of another log
        }
        throw unknown(id);
    }

    /**
     * The same, if the log goes from {@code starts} to {@code ends}.
     *
     * @throws ProblemException if the log cannot go on from there
     */
    public static Place checked(String id, Place starts, Place ends) {
        Place place = of(id, ends.partitions());
        if (!ends.covers(place)) {
            throw unknown(id);
        }
        if (!place.covers(starts)) {
            throw new ProblemException(
                    ProblemCode.GONE,
                    "expected the id of an event whose successors are still kept, got that of an older one, " + id);
        }
        return place;
    }

    private static ProblemException unknown(String id) {
        String shown = id.length() > 100 ? id.substring(0, 100) + "…" : id;
        return Bodies.wrong("Last-Event-ID", "expected the id of an event of these streams, got " + shown);
    }

    private static long number(ByteBuffer bytes) {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE - 1 && bytes.hasRemaining(); shift += 7) {
            byte one = bytes.get();
            number |= (long) (one & SEVEN_BITS) << shift;
            if (one >= 0) {
                return number;
            }
        }
        throw new IllegalArgumentException("expected offsets of up to 63 bits");
    }

    /** How many it is a place among. */
    public int partitions() {
        return next.length;
    }

    /** The first offset of a partition that has not been seen. */
    public long next(int partition) {
        return next[partition];
    }

    /** The first offset of each partition that has not been seen. */
    public Map<Integer, Long> offsets() {
        return IntStream.range(0, next.length).boxed().collect(Collectors.toMap(each -> each, each -> next[each]));
    }

    /** The same, when all before {@code offset} has been seen of a partition. */
    public Place with(int partition, long offset) {
        long[] more = next.clone();
        more[partition] = offset;
        return new Place(more);
    }

    /** Whether all that belongs to the other one belongs to this one too. */
    public boolean covers(Place other) {
        return behind(other) < 0;
    }

    /** A partition of which the other one has more; -1 if there is none. */
    public int behind(Place other) {
        for (int partition = 0; partition < next.length; partition++) {
            if (next[partition] < other.next[partition]) {
                return partition;
            }
        }
        return -1;
    }

    /** What belongs to either. */
    public Place and(Place other) {
        if (other.covers(this)) {
            return other;
        }
        long[] more = next.clone();
        for (int partition = 0; partition < more.length; partition++) {
            more[partition] = Math.max(more[partition], other.next[partition]);
        }
        return new Place(more);
    }

    @Override
    public String toString() {
        String known = text;
        if (known == null) {
            known = written();
            text = known;
        }
        return known;
    }

    private String written() {
        ByteBuffer bytes = ByteBuffer.allocate(next.length * BYTES_OF_A_LONG);
        for (long offset : next) {
            long rest = offset;
            while (rest > SEVEN_BITS) {
                bytes.put((byte) ((rest & SEVEN_BITS) | ~SEVEN_BITS));
                rest >>>= 7;
            }
            bytes.put((byte) rest);
        }
        byte[] written = Arrays.copyOf(bytes.array(), bytes.position());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(written);
    }
}
