package io.breadcrumbs.api.events;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much of the log a viewer has seen: the next offset of each partition. As text it is the id of an event: any
 * instance goes on from there, whatever order it reads the partitions in. Never changes.
 */
final class Place {

    private static final int PARTITIONS_AT_MOST = 10_000;
    private static final int BYTES_OF_A_LONG = 10;
    private static final int SEVEN_BITS = 0x7f;

    private final long[] next;
    private volatile @Nullable String text;

    private Place(long[] next) {
        this.next = next;
    }

    /** @param offsets of all partitions, by their numbers from 0 on */
    static Place of(Map<Integer, Long> offsets) {
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

    /** @throws IllegalArgumentException if it is no place */
    static Place parse(String text) {
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

    int partitions() {
        return next.length;
    }

    long next(int partition) {
        return next[partition];
    }

    /** The same, when all before {@code offset} has been seen of a partition. */
    Place with(int partition, long offset) {
        long[] more = next.clone();
        more[partition] = offset;
        return new Place(more);
    }

    /** Whether all that belongs to the other one belongs to this one too. */
    boolean covers(Place other) {
        return behind(other) < 0;
    }

    /** A partition of which the other one has more; -1 if there is none. */
    int behind(Place other) {
        for (int partition = 0; partition < next.length; partition++) {
            if (next[partition] < other.next[partition]) {
                return partition;
            }
        }
        return -1;
    }

    /** What belongs to either. */
    Place and(Place other) {
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
