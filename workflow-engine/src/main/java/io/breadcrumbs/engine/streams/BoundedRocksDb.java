package io.breadcrumbs.engine.streams;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/** One cache and one bound of write buffers for all stores of a process, however many partitions it has. */
public final class BoundedRocksDb implements RocksDBConfigSetter {

    private static final long ALL_BYTES = 96L << 20;
    private static final long WRITE_BYTES = 48L << 20;
    private static final long BUFFER_BYTES = 8L << 20;

    private static final Cache CACHE = new LRUCache(ALL_BYTES);
    private static final WriteBufferManager WRITES = new WriteBufferManager(WRITE_BYTES, CACHE);

    private BloomFilter filter = new BloomFilter();

    @Override
    public void setConfig(String store, Options options, Map<String, Object> configs) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        filter = new BloomFilter();
        table.setBlockCache(CACHE);
        table.setCacheIndexAndFilterBlocks(true);
        table.setPinL0FilterAndIndexBlocksInCache(true);
        table.setFilterPolicy(filter);
        options.setWriteBufferManager(WRITES);
        options.setWriteBufferSize(BUFFER_BYTES);
        options.setMaxWriteBufferNumber(2);
        options.setTableFormatConfig(table);
    }

    @Override
    public void close(String store, Options options) {
        filter.close();
    }
}
