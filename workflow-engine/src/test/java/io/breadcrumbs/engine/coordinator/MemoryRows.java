package io.breadcrumbs.engine.coordinator;

import io.breadcrumbs.engine.memory.Rows;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Rows in a map. */
final class MemoryRows implements Rows {

    private final TreeMap<byte[], byte[]> rows;

    MemoryRows() {
        rows = new TreeMap<>(Arrays::compareUnsigned);
    }

    private MemoryRows(MemoryRows other) {
        rows = new TreeMap<>(other.rows);
    }

    /** What a transaction stores of them. */
    MemoryRows copy() {
        return new MemoryRows(this);
    }

    /** What a changelog has in which two wrote at once. */
    void mix(MemoryRows other) {
        rows.putAll(other.rows);
    }

    int count(char what) {
        int[] count = new int[1];
        scan(new byte[] {(byte) what}, (_, _) -> count[0]++);
        return count[0];
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return rows.get(key);
    }

    @Override
    public void put(byte[] key, byte[] value) {
        rows.put(key, value);
    }

    @Override
    public void delete(byte[] key) {
        rows.remove(key);
    }

    @Override
    public void scanWhile(byte[] prefix, BiPredicate<byte[], byte[]> each) {
        for (Map.Entry<byte[], byte[]> row : rows.tailMap(prefix, true).entrySet()) {
            boolean begins = row.getKey().length >= prefix.length
                    && Arrays.equals(row.getKey(), 0, prefix.length, prefix, 0, prefix.length);
            if (!begins || !each.test(row.getKey(), row.getValue())) {
                return;
            }
        }
    }
}
