package io.breadcrumbs.engine.memory;

import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Rows of bytes, in the order of their keys. One thread writes; any may read. */
public interface Rows {

    byte @Nullable [] get(byte[] key);

    void put(byte[] key, byte[] value);

    void delete(byte[] key);

    /** Shows rows whose keys begin so, in the order of the keys, until one is said to be the last. */
    void scanWhile(byte[] prefix, BiPredicate<byte[], byte[]> each);

    /** Shows all rows whose keys begin so, in the order of the keys. */
    default void scan(byte[] prefix, BiConsumer<byte[], byte[]> each) {
        scanWhile(prefix, (key, value) -> {
            each.accept(key, value);
            return true;
        });
    }
}
