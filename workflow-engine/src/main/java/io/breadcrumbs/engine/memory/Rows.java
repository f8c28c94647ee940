package io.breadcrumbs.engine.memory;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Rows of bytes, in the order of their keys. One thread writes; any may read. */
public interface Rows {

    byte @Nullable [] get(byte[] key);

    void put(byte[] key, byte[] value);

    void delete(byte[] key);

    /** Shows all rows whose keys begin so, in the order of the keys. */
    void scan(byte[] prefix, BiConsumer<byte[], byte[]> each);
}
