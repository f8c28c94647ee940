package io.breadcrumbs.runner.builtin.expression;

import io.breadcrumbs.runner.builtin.expression.Token.Kind;
import io.breadcrumbs.sdk.tool.ToolFailure;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of an expression, one after the other. */
final class Tokens {

    private static final Pattern NEXT = Pattern.compile("\\s*(?:"
            + "(?<number>(?:[0-9]++(?:\\.[0-9]*+)?+|\\.[0-9]++)(?:[eE][+-]?+[0-9]++)?+)"
            + "|(?<name>[A-Za-z_][A-Za-z_0-9]*+)"
            + "|(?<symbol>[-+*/%^(),])"
            + "|(?<end>\\z))");

    private final Matcher matcher;
    private final String text;
    private Token current;

    Tokens(String text) throws ToolFailure {
        this.text = text;
        this.matcher = NEXT.matcher(text);
        this.current = read(0);
    }

    /** The word that comes next. */
    Token peek() {
        return current;
    }

    /** Takes the word that comes next. */
    Token next() throws ToolFailure {
        Token taken = current;
        if (taken.kind() != Kind.END) {
            current = read(matcher.end());
        }
        return taken;
    }

    /** Takes the word that comes next if it is this symbol. */
    boolean took(String symbol) throws ToolFailure {
        if (!current.is(symbol)) {
            return false;
        }
        next();
        return true;
    }

    void demand(String symbol) throws ToolFailure {
        if (!took(symbol)) {
            throw current.instead("'" + symbol + "'");
        }
    }

    private Token read(int from) throws ToolFailure {
        matcher.region(from, text.length());
        if (!matcher.lookingAt()) {
            int at = from;
            while (Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            String strange = Character.toString(text.codePointAt(at));
            throw new Token(Kind.SYMBOL, strange, at + 1).instead("a number, a name, an operator or a parenthesis");
        }
        for (Kind kind : Kind.values()) {
            String group = kind.name().toLowerCase(Locale.ROOT);
            String found = matcher.group(group);
            if (found != null) {
                return new Token(kind, found, matcher.start(group) + 1);
            }
        }
        throw new IllegalStateException("no kind of word matched at " + from);
    }
}
