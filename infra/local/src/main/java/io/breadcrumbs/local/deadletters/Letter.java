package io.breadcrumbs.local.deadletters;

import io.breadcrumbs.schemas.DeadLetter;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter in a list: what it says, without the bytes of its record, since there may be many letters.
 *
 * @param id its key: the position of the record that could not be handled
 * @param partition where the letter itself stands
 * @param offset where it stands there
 * @param about the letter without key, value and headers
 * @param valueBytes how many bytes the record's value has; null if the letter does not hold them
 */
public record Letter(
        String id,
        TopicPartition partition,
        long offset,
        DeadLetter about,
        @Nullable Integer valueBytes) {

    static Letter of(String id, TopicPartition partition, long offset, DeadLetter whole) {
        ByteBuffer value = whole.getValue();
        DeadLetter about = DeadLetter.newBuilder(whole)
                .setKey(null)
                .setValue(null)
                .setHeaders(List.of())
                .build();
        return new Letter(id, partition, offset, about, value == null ? null : value.remaining());
    }
}
