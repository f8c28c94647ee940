package io.breadcrumbs.sdk.workflow.json;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one text; {@link Json#MOST_DEPTH} bounds how deep. */
final class JsonParser {

    private static final int MOST_SHOWN = 100;

    private final String text;
    private final Deque<Level> levels = new ArrayDeque<>();
    private int at;

    JsonParser(String text) {
        this.text = text;
    }

    Json document() throws JsonException {
        if (text.length() > Json.MOST_CHARACTERS) {
            throw fault(0, "expected at most " + Json.MOST_CHARACTERS + " characters, got " + text.length());
        }
        blanks();
        Json value = value();
        blanks();
        if (at < text.length()) {
            throw expected("the end of the text");
        }
        return value;
    }

    /** Reads a value with all that is in it, in one loop: how deep it goes is no matter of the thread's stack. */
    private Json value() throws JsonException {
        while (true) {
            Json value = begun();
            while (value != null) {
                Level level = levels.peek();
                if (level == null) {
                    return value;
                }
                level.add(value);
                if (goesOn(level.end)) {
                    blanks();
                    level.name();
                    value = null;
                } else {
                    value = closed();
                }
            }
        }
    }

    /** Reads a value up to its end, or up to the first value in it: then there is nothing to return yet. */
    private @Nullable Json begun() throws JsonException {
        if (at == text.length()) {
            throw expected("a value");
        }
        return switch (text.charAt(at)) {
            case '{' -> open(new Fields());
            case '[' -> open(new Elements());
            case '"' -> new JsonString(string());
            case 't' -> word("true", JsonBoolean.TRUE);
            case 'f' -> word("false", JsonBoolean.FALSE);
            case 'n' -> word("null", JsonNull.NULL);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> throw expected("a value");
        };
    }

    private @Nullable Json open(Level level) throws JsonException {
        if (levels.size() == Json.MOST_DEPTH) {
            throw fault(at, "expected at most " + Json.MOST_DEPTH + " levels, got more");
        }
        levels.push(level);
        at++;
        blanks();
        if (closes(level.end)) {
            return closed();
        }
        level.name();
        return null;
    }

    private Json closed() {
        return levels.pop().whole();
    }

    private boolean closes(char end) {
        if (!is(end)) {
            return false;
        }
        at++;
        return true;
    }

    private boolean goesOn(char end) throws JsonException {
        blanks();
        if (closes(end)) {
            return false;
        }
        if (!is(',')) {
            throw expected("',' or '" + end + "'");
        }
        at++;
        return true;
    }

    private Json word(String word, Json meaning) throws JsonException {
        if (!text.startsWith(word, at)) {
            throw expected("a value");
        }
        at += word.length();
        return meaning;
    }

    private JsonNumber number() throws JsonException {
        int begin = at;
        int end = JsonNumber.end(text, begin);
        if (end < 0) {
            at = ~end;
            throw expected("a digit");
        }
        String number = text.substring(begin, end);
        if (JsonNumber.excessive(number)) {
            throw fault(
                    begin,
                    "expected a number of at most " + JsonNumber.MOST_CHARACTERS + " characters and "
                            + JsonNumber.MOST_EXPONENT_DIGITS + " digits of exponent, got more");
        }
        at = end;
        return new JsonNumber(number);
    }

    private String string() throws JsonException {
        int begin = ++at;
        while (at < text.length()) {
            char next = text.charAt(at);
            if (next == '"') {
                return text.substring(begin, at++);
            }
            if (next == '\\') {
                return escaped(begin);
            }
            if (next < ' ') {
                throw expected("an escape for a control character");
            }
            at++;
        }
        throw expected("'\"'");
    }

    private String escaped(int begin) throws JsonException {
        StringBuilder value = new StringBuilder().append(text, begin, at);
        while (at < text.length()) {
            char next = text.charAt(at);
            if (next == '"') {
                at++;
                return value.toString();
            }
            if (next < ' ') {
                throw expected("an escape for a control character");
            }
            at++;
            value.append(next == '\\' ? escape() : next);
        }
        throw expected("'\"'");
    }

    private char escape() throws JsonException {
        String meanings = "\"\"\\\\//b\bf\fn\nr\rt\t";
        if (is('u')) {
            at++;
            return hex();
        }
        for (int i = 0; i < meanings.length(); i += 2) {
            if (is(meanings.charAt(i))) {
                at++;
                return meanings.charAt(i + 1);
            }
        }
        throw expected("one of \" \\ / b f n r t u after '\\'");
    }

    private char hex() throws JsonException {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = at < text.length() && text.charAt(at) < 128 ? Character.digit(text.charAt(at), 16) : -1;
            if (digit < 0) {
                throw expected("four hexadecimal digits after '\\u'");
            }
            value = value << 4 | digit;
            at++;
        }
        return (char) value;
    }

    private boolean is(char expected) {
        return at < text.length() && text.charAt(at) == expected;
    }

    private void blanks() {
        while (at < text.length()) {
            char next = text.charAt(at);
            if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
                return;
            }
            at++;
        }
    }

    private JsonException expected(String what) {
        return fault(at, "expected " + what + ", got " + got());
    }

    private String got() {
        if (at == text.length()) {
            return "the end of the text";
        }
        int next = text.codePointAt(at);
        boolean visible = next > ' ' && !Character.isISOControl(next) && Character.getType(next) != Character.SURROGATE;
        return visible ? "'" + Character.toString(next) + "'" : "U+%04X".formatted(next);
    }

    private JsonException fault(int place, String message) {
        int line = 1;
        int begin = 0;
        for (int i = 0; i < place; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                begin = i + 1;
            }
        }
        return new JsonException(line, place - begin + 1, message);
    }

    /** An object or an array that has begun and not ended. */
    private abstract static class Level {

        private final char end;

        Level(char end) {
            this.end = end;
        }

        /** Reads what stands before the next value. */
        abstract void name() throws JsonException;

        abstract void add(Json value) throws JsonException;

        abstract Json whole();
    }

    private final class Fields extends Level {

        private final Map<String, Json> fields = new LinkedHashMap<>();
        private String name = "";
        private int begin;

        Fields() {
            super('}');
        }

        @Override
        void name() throws JsonException {
            begin = at;
            if (!is('"')) {
                throw expected("the name of a field");
            }
            name = string();
            blanks();
            if (!is(':')) {
                throw expected("':'");
            }
            at++;
            blanks();
        }

        @Override
        void add(Json value) throws JsonException {
            if (fields.put(name, value) != null) {
                String shown = name.length() > MOST_SHOWN ? name.substring(0, MOST_SHOWN) + "..." : name;
                throw fault(begin, "expected each field once, got '" + shown + "' again");
            }
        }

        @Override
        Json whole() {
            return JsonObject.owning(fields);
        }
    }

    private static final class Elements extends Level {

        private final List<Json> elements = new ArrayList<>();

        Elements() {
            super(']');
        }

        @Override
        void name() {
            // An element has no name.
        }

        @Override
        void add(Json value) {
            elements.add(value);
        }

        @Override
        Json whole() {
            return new JsonArray(elements);
        }
    }
}
