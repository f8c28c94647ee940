package io.breadcrumbs.runner.builtin.expression;

import io.breadcrumbs.sdk.tool.ToolFailure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads an expression from left to right and calculates it on the way. Signs bind less than powers, so that -2^2 is -4,
 * and powers are read from the right, so that 2^3^2 is 2^9. Confined to the call that evaluates it.
 */
public final class Expression {

    private static final int CHARACTERS_AT_MOST = 1000;
    private static final int NESTING_AT_MOST = 100;

    private final Tokens tokens;
    private int nesting;

    private Expression(Tokens tokens) {
        this.tokens = tokens;
    }

    /**
     * The value of an expression.
     *
     * @throws ToolFailure of kind validation that says at which character it goes wrong
     */
    public static BigDecimal evaluate(String text) throws ToolFailure {
        if (text.length() > CHARACTERS_AT_MOST) {
            throw ToolFailure.invalid(
                    "expression", "expected up to " + CHARACTERS_AT_MOST + " characters, got " + text.length());
        }
        Tokens tokens = new Tokens(text);
        BigDecimal value = new Expression(tokens).sum();
        if (tokens.peek().kind() != Token.Kind.END) {
            throw tokens.peek().instead("an operator or the end");
        }
        return Numbers.shown(value);
    }

    private BigDecimal sum() throws ToolFailure {
        BigDecimal value = product();
        while (tokens.peek().is("+") || tokens.peek().is("-")) {
            Token operator = tokens.next();
            value = Numbers.combine(value, operator, product());
        }
        return value;
    }

    private BigDecimal product() throws ToolFailure {
        BigDecimal value = signed();
        while (tokens.peek().is("*") || tokens.peek().is("/") || tokens.peek().is("%")) {
            Token operator = tokens.next();
            value = Numbers.combine(value, operator, signed());
        }
        return value;
    }

    /** Whatever nests comes by here. */
    private BigDecimal signed() throws ToolFailure {
        if (++nesting > NESTING_AT_MOST) {
            throw tokens.peek().wrong("expected up to " + NESTING_AT_MOST + " levels of nesting, got more");
        }
        BigDecimal value;
        if (tokens.took("-")) {
            value = signed().negate();
        } else if (tokens.took("+")) {
            value = signed();
        } else {
            value = power();
        }
        nesting--;
        return value;
    }

    private BigDecimal power() throws ToolFailure {
        BigDecimal base = operand();
        if (!tokens.peek().is("^")) {
            return base;
        }
        Token operator = tokens.next();
        return Numbers.combine(base, operator, signed());
    }

    private BigDecimal operand() throws ToolFailure {
        Token token = tokens.next();
        return switch (token.kind()) {
            case NUMBER -> Numbers.read(token);
            case NAME -> tokens.took("(") ? Functions.call(token, arguments()) : Functions.constant(token);
            case SYMBOL, END -> {
                if (!token.is("(")) {
                    throw token.instead("a number, a name or '('");
                }
                BigDecimal value = sum();
                tokens.demand(")");
                yield value;
            }
        };
    }

    private List<BigDecimal> arguments() throws ToolFailure {
        List<BigDecimal> arguments = new ArrayList<>();
        if (tokens.took(")")) {
            return arguments;
        }
        do {
            arguments.add(sum());
        } while (tokens.took(","));
        tokens.demand(")");
        return arguments;
    }
}
