package io.breadcrumbs.api.view;

import io.breadcrumbs.sdk.selector.Selection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * The place of a breadcrumb among those that a filter finds, by what they are sorted by.
 *
 * @param filter which filter, so that nobody goes on with another one
 * @param score how well it meets the words; null where the newest come first
 */
record Cursor(int filter, @Nullable Float score, long createdMs, String id) {

    private static final int FIXED_BYTES = 4 + 1 + 4 + 8;

    /** @throws IllegalArgumentException if it is none, or another filter's */
    static Cursor parse(String text, Filter filter) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() > FIXED_BYTES) {
                int of = bytes.getInt();
                boolean scored = bytes.get() == 1;
                float score = bytes.getFloat();
                long created = bytes.getLong();
                String id = StandardCharsets.UTF_8.decode(bytes).toString();
                if (of == fingerprint(filter) && scored == (filter.text() != null)) {
                    return new Cursor(of, scored ? score : null, created, id);
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
                fingerprint(filter),
                scored ? (Float) fields[0] : null,
                (Long) fields[at],
                ((BytesRef) fields[at + 1]).utf8ToString());
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
        Object[] fields = score == null
                ? new Object[] {createdMs, new BytesRef(id)}
                : new Object[] {score, createdMs, new BytesRef(id)};
        return new FieldDoc(docs - 1, score == null ? Float.NaN : score, fields);
    }

    @Override
    public String toString() {
        byte[] name = id.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = ByteBuffer.allocate(FIXED_BYTES + name.length)
                .putInt(filter)
                .put((byte) (score == null ? 0 : 1))
                .putFloat(score == null ? 0 : score)
                .putLong(createdMs)
                .put(name)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
