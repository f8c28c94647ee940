package io.breadcrumbs.local.publish;

/** A draft is wrong: which line, which field, what was expected, what came. */
public final class DraftException extends Exception {
    private static final long serialVersionUID = 1;

    DraftException(String message) {
        super(message);
    }

    static DraftException field(String field, String expected, String came) {
        return new DraftException(field + ": expected " + expected + ", got " + came);
    }

    DraftException at(String source, int line) {
        return new DraftException(source + ":" + line + ": " + getMessage());
    }
}
