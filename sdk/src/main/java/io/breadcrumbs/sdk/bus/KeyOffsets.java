package io.breadcrumbs.sdk.bus;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Where the record of each key stands: 16 bytes a key, whatever its length, in half-full arrays. Keys are known by a
 * 64-bit hash that differs from table to table; who reads the record sees whether it is that of the key. Not
 * thread-safe.
 */
final class KeyOffsets {

    private static final long NONE = -1;
    /** A slot whose key has ended: a search goes on behind it. */
    private static final long GONE = -2;

    private static final int FEWEST_SLOTS = 64;

    private final long seed;
    private long[] hashes = new long[FEWEST_SLOTS];
    private long[] offsets = filled(FEWEST_SLOTS);
    private int size;
    private int used;

    KeyOffsets(long seed) {
        this.seed = seed;
    }

    int size() {
        return size;
    }

    /** The offset of the key's record; null if it has none. */
    @Nullable
    Long get(String key) {
        int slot = slot(hash(key));
        return offsets[slot] >= 0 ? offsets[slot] : null;
    }

    void put(byte[] key, long offset) {
        put(hash(key), offset);
    }

    void put(String key, long offset) {
        put(hash(key), offset);
    }

    private void put(long hash, long offset) {
        int slot = slot(hash);
        if (offsets[slot] == NONE) {
            used++;
        }
        if (offsets[slot] < 0) {
            size++;
        }
        hashes[slot] = hash;
        offsets[slot] = offset;
        if (used * 2 > offsets.length) {
            rebuild();
        }
    }

    void remove(byte[] key) {
        remove(hash(key));
    }

    void remove(String key) {
        remove(hash(key));
    }

    private void remove(long hash) {
        int slot = slot(hash);
        if (offsets[slot] >= 0) {
            offsets[slot] = GONE;
            size--;
        }
    }

    /** The slot of a hash, or the free one where it would be. */
    private int slot(long hash) {
        int mask = offsets.length - 1;
        int slot = (int) hash & mask;
        while (offsets[slot] != NONE && hashes[slot] != hash) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void rebuild() {
        long[] oldHashes = hashes;
        long[] oldOffsets = offsets;
        int slots = Math.max(FEWEST_SLOTS, Integer.highestOneBit(Math.max(1, size)) * 4);
        hashes = new long[slots];
        offsets = filled(slots);
        size = 0;
        used = 0;
        for (int i = 0; i < oldOffsets.length; i++) {
            if (oldOffsets[i] >= 0) {
                put(oldHashes[i], oldOffsets[i]);
            }
        }
    }

    private static long[] filled(int slots) {
        long[] empty = new long[slots];
        Arrays.fill(empty, NONE);
        return empty;
    }

    private long hash(String key) {
        return hash(key.getBytes(StandardCharsets.UTF_8));
    }

    /** Two independent halves, each stirred with the seed: nobody outside can look for keys that meet. */
    private long hash(byte[] key) {
        long hash = seed ^ Utils.murmur2(key);
        for (byte one : key) {
            hash = (hash ^ one) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return stirred(hash ^ Long.rotateLeft(seed, 32));
    }

    private static long stirred(long hash) {
        long mixed = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
