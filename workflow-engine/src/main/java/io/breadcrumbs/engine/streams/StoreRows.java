package io.breadcrumbs.engine.streams;

import io.breadcrumbs.engine.memory.Rows;
import java.util.function.BiPredicate;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Rows in a state store. */
record StoreRows(KeyValueStore<Bytes, byte[]> store) implements Rows {

    @Override
    public byte @Nullable [] get(byte[] key) {
        return store.get(Bytes.wrap(key));
    }

    @Override
    public void put(byte[] key, byte[] value) {
        store.put(Bytes.wrap(key), value);
    }

    @Override
    public void delete(byte[] key) {
        store.delete(Bytes.wrap(key));
    }

    @Override
    public void scanWhile(byte[] prefix, BiPredicate<byte[], byte[]> each) {
        try (KeyValueIterator<Bytes, byte[]> rows = store.prefixScan(Bytes.wrap(prefix), new BytesSerializer())) {
            boolean more = true;
            while (more && rows.hasNext()) {
                KeyValue<Bytes, byte[]> row = rows.next();
                more = each.test(row.key.get(), row.value);
            }
        }
    }
}
