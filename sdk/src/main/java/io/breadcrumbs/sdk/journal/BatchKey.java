package io.breadcrumbs.sdk.journal;

import org.jspecify.annotations.Nullable;

/**
 * The key of a batch in the journal. The one by which a run is deleted has a key that no other batch can ever have: it
 * stays when the others have gone.
 *
 * @param sequence the number of its first event in the run
 * @param last whether it deletes the run
 */
public record BatchKey(String runId, long epoch, long sequence, boolean last) {

    private static final String LAST = "/deleted";

    /** The batch that a key names; null if it names none. */
    public static @Nullable BatchKey parse(String key) {
        boolean last = key.endsWith(LAST);
        String rest = last ? key.substring(0, key.length() - LAST.length()) : key;
        int second = rest.lastIndexOf('/');
        int first = second < 0 ? -1 : rest.lastIndexOf('/', second - 1);
        if (first < 0) {
            return null;
        }
        try {
            return new BatchKey(
                    rest.substring(0, first),
                    Long.parseLong(rest, first + 1, second, 10),
                    Long.parseLong(rest, second + 1, rest.length(), 10),
                    last);
        } catch (NumberFormatException e) {
            return null; // a takeover's
        }
    }

    @Override
    public String toString() {
        return runId + "/" + epoch + "/" + sequence + (last ? LAST : "");
    }
}
