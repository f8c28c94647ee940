package io.breadcrumbs.sdk.runs.state;

import org.jspecify.annotations.Nullable;

/** Text that fits into a line. */
public final class Clip {

    private static final int MOST = 160;

    private Clip() {}

    /** The text on one line, cut where it is too long. Nothing that it holds can move the cursor of a terminal. */
    public static String line(@Nullable Object text) {
        String whole = String.valueOf(text);
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < whole.length() && line.length() < MOST; i++) {
            char c = whole.charAt(i);
            line.append(Character.isISOControl(c) ? ' ' : c);
        }
        return whole.length() > MOST ? line + "... (" + whole.length() + " characters)" : line.toString();
    }
}
