package io.breadcrumbs.sdk;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;

/**
 * The latest record of each key of a partition, as it was when this was asked for and as its owner says since. In
 * memory stands only where a record is: its content is read from the log when asked for. Any thread.
 */
public interface Latest<V extends SpecificRecord> {

    /** The records of these keys; keys that have none are left out. Fails if the log cannot be read now. */
    CompletableFuture<Map<String, V>> of(List<String> keys);

    /** From now on this is the key's record. */
    void is(String key, long offset);

    /** From now on the key has none. */
    void ended(String key);

    /** How many keys have a record. */
    int size();
}
