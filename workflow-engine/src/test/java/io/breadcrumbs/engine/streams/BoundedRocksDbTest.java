package io.breadcrumbs.engine.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

class BoundedRocksDbTest {

    static {
        RocksDB.loadLibrary();
    }

    /** A table that tells its cache. */
    private static final class Table extends BlockBasedTableConfig {

        private @Nullable Cache cache;

        @Override
        public BlockBasedTableConfig setBlockCache(Cache given) {
            cache = given;
            return super.setBlockCache(given);
        }
    }

    @Test
    void shouldGiveAllStoresOneCacheAndOneBoundOfWhatIsNotWrittenYet() {
        Table table = new Table();
        Table otherTable = new Table();
        BoundedRocksDb setter = new BoundedRocksDb();
        BoundedRocksDb otherSetter = new BoundedRocksDb(); // Streams makes one a store
        try (Options options = new Options().setTableFormatConfig(table);
                Options otherOptions = new Options().setTableFormatConfig(otherTable)) {
            setter.setConfig("one", options, Map.of());
            otherSetter.setConfig("other", otherOptions, Map.of());

            assertThat(table.cache).isNotNull().isSameAs(otherTable.cache);
            assertThat(options.writeBufferManager()).isNotNull().isSameAs(otherOptions.writeBufferManager());
            assertThat(options.tableFormatConfig()).isSameAs(table);
            assertThat(table.cacheIndexAndFilterBlocks())
                    .as("indexes count for the cache")
                    .isTrue();
            assertThat(options.writeBufferSize()).isEqualTo(8L << 20);
            assertThat(options.maxWriteBufferNumber()).isEqualTo(2);
            setter.close("one", options);
            otherSetter.close("other", otherOptions);
            assertThat(options.writeBufferManager().isOwningHandle())
                    .as("what others use is not closed with a store")
                    .isTrue();
        }
    }
}
