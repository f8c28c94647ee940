package io.breadcrumbs.engine.streams;

import io.breadcrumbs.engine.memory.Rows;
import java.util.function.BiConsumer;
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
    public void scan(byte[] prefix, BiConsumer<byte[], byte[]> each) {
        try (KeyValueIterator<Bytes, byte[]> rows = store.prefixScan(Bytes.wrap(prefix), new BytesSerializer())) {
            while (rows.hasNext()) {
                KeyValue<Bytes, byte[]> row = rows.next();
                each.accept(row.key.get(), row.value);
            }
        }
    }
}
