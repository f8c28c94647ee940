package io.breadcrumbs.runner.builtin.expression;

import io.breadcrumbs.sdk.tool.ToolFailure;

/**
 * A word of an expression.
 *
 * @param at its first character, counted from 1
 */
record Token(Kind kind, String text, int at) {

    enum Kind {
        NUMBER,
        NAME,
        SYMBOL,
        END
    }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /** The failure of an expression that goes wrong here. */
    ToolFailure wrong(String what) {
        return ToolFailure.invalid("expression", "at character " + at + ": " + what);
    }

    /** The failure of an expression that should go on otherwise here. */
    ToolFailure instead(String expected) {
        return wrong("expected " + expected + ", got " + this);
    }

    @Override
    public String toString() {
        return kind == Kind.END ? "the end" : "'" + text + "'";
    }
}
