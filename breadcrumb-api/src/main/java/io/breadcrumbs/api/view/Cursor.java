package io.breadcrumbs.api.view;

import io.breadcrumbs.sdk.selector.Selection;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import org.apache.lucene.search.FieldDoc;
import org.jspecify.annotations.Nullable;

/**
 * The place of a breadcrumb among those that a filter finds, by what they are sorted by.
 *
 * @param filter which filter, so that nobody goes on with another one
 * @param score how well it meets the words; null where the newest come first
 */
record Cursor(int filter, @Nullable Float score, long createdMs, long order) {

    private static final int BYTES = 4 + 1 + 4 + 8 + 8;

    /** @throws IllegalArgumentException if it is none, or another filter's */
    static Cursor parse(String text, Filter filter) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() == BYTES) {
                int of = bytes.getInt();
                boolean scored = bytes.get() == 1;
                float score = bytes.getFloat();
                long created = bytes.getLong();
                long order = bytes.getLong();
                if (of == fingerprint(filter) && scored == (filter.text() != null)) {
                    return new Cursor(of, scored ? score : null, created, order);
                }
            }
        } catch (IllegalArgumentException e) {
            throw wrong(text, e);
        }
        throw wrong(text, null);
    }

    private static IllegalArgumentException wrong(String text, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "cursor: expected the one that the page before gave for the same search, got " + text, cause);
    }

    static Cursor of(FieldDoc last, Filter filter) {
        Object[] fields = last.fields;
        boolean scored = filter.text() != null;
        int at = scored ? 1 : 0;
        return new Cursor(
                fingerprint(filter), scored ? (Float) fields[0] : null, (Long) fields[at], (Long) fields[at + 1]);
    }

    /** The same in every process. */
    private static int fingerprint(Filter filter) {
        Selection selection = filter.selection();
        return List.of(
                        filter.viewer().workspace(),
                        String.valueOf(filter.text()),
                        new TreeSet<>(selection.anyTags()).toString(),
                        new TreeSet<>(selection.allTags()).toString(),
                        new TreeSet<>(selection.noneTags()).toString(),
                        String.valueOf(selection.schemaName()),
                        selection.context().toString(),
                        filter.created(),
                        filter.updated())
                .hashCode();
    }

    /** @param docs how many documents there are: of those that are sorted alike, none comes again */
    FieldDoc after(int docs) {
        Object[] fields = score == null ? new Object[] {createdMs, order} : new Object[] {score, createdMs, order};
        return new FieldDoc(docs - 1, score == null ? Float.NaN : score, fields);
    }

    @Override
    public String toString() {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .putInt(filter)
                .put((byte) (score == null ? 0 : 1))
                .putFloat(score == null ? 0 : score)
                .putLong(createdMs)
                .putLong(order)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
