package io.breadcrumbs.engine.coordinator;

import io.breadcrumbs.engine.memory.Rows;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

    /** Removes the rows whose keys begin so. */
    void deleteAll(String prefix) {
        byte[] beginning = prefix.getBytes(StandardCharsets.UTF_8);
        List<byte[]> keys = new ArrayList<>();
        scan(beginning, (key, _) -> keys.add(key));
        keys.forEach(rows::remove);
    }

    /** The keys of rows that another has not, or has otherwise, byte by byte. */
    List<String> differences(MemoryRows other) {
        List<String> different = new ArrayList<>();
        rows.forEach((key, value) -> {
            if (!Arrays.equals(value, other.get(key))) {
                different.add(new String(key, StandardCharsets.UTF_8));
            }
        });
        other.rows.keySet().stream()
                .filter(key -> !rows.containsKey(key))
                .forEach(key -> different.add(new String(key, StandardCharsets.UTF_8)));
        return different;
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
