package io.breadcrumbs.sdk.operate;

import io.breadcrumbs.schemas.DeadLetter;
import io.breadcrumbs.sdk.log.Position;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter in a list: what it says, without the bytes of its record, since there may be many letters.
 *
 * @param id its key: the position of the record that could not be handled, or the id of a webhook's delivery
 * @param place where the letter itself stands
 * @param workspace whose record it is about
 * @param about the letter without key, value and headers
 * @param valueBytes how many bytes the record's value has; null if the letter does not hold them
 */
public record Letter(
        String id,
        Position place,
        String workspace,
        DeadLetter about,
        @Nullable Integer valueBytes) {

    static Letter of(String id, Position place, String workspace, DeadLetter whole) {
        ByteBuffer value = whole.getValue();
        DeadLetter about = DeadLetter.newBuilder(whole)
                .setKey(null)
                .setValue(null)
                .setHeaders(List.of())
                .build();
        return new Letter(id, place, workspace, about, value == null ? null : value.remaining());
    }
}
