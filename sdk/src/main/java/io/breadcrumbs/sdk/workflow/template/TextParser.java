package io.breadcrumbs.sdk.workflow.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Takes one text apart. Prompts hold JSON and code, so a brace begins a reference only if a known root follows, or a
 * name and {@code .output}, {@code .error} or {@code .status}; after a dollar sign, always. Backslashes before a
 * reference escape it and one another; any other backslash is text.
 */
final class TextParser {

    private static final int MOST_FAULTS = 100;
    private static final int MOST_SHOWN = 60;
    private static final int MOST_DIGITS = 9;

    private final String text;
    private final Set<String> known;
    private final List<Node.Piece> pieces = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final StringBuilder plain = new StringBuilder();
    private int at;

    TextParser(String text, Set<String> known) {
        this.text = text;
        this.known = known;
    }

    /** What is wrong with the references; of very many, the first. */
    List<String> faults() {
        return faults;
    }

    List<Node.Piece> pieces() {
        int taken = 0;
        for (int brace = text.indexOf('{'); brace >= 0; brace = text.indexOf('{', at)) {
            boolean dollar = brace > taken && text.charAt(brace - 1) == '$';
            at = brace + 1;
            if (!dollar && !intended()) {
                continue;
            }
            int begin = dollar ? brace - 1 : brace;
            int slashes = slashesBefore(begin, taken);
            plain.append(text, taken, begin - slashes + slashes / 2);
            at = brace + 1;
            taken = begin;
            if (slashes % 2 == 0) {
                taken = take(begin, dollar);
                at = taken;
            }
        }
        plain.append(text, taken, text.length());
        flush();
        return pieces;
    }

    private int slashesBefore(int end, int from) {
        int first = end;
        while (first > from && text.charAt(first - 1) == '\\') {
            first--;
        }
        return end - first;
    }

    /** Takes the reference that begins here, and says where the rest begins. */
    private int take(int begin, boolean dollar) {
        int after = at;
        try {
            Reference reference = reference(begin, dollar);
            flush();
            pieces.add(new Node.Piece.Inserted(reference));
            return at;
        } catch (BadReference bad) {
            if (faults.size() < MOST_FAULTS) {
                faults.add(shown(begin) + ": " + bad.getMessage());
            }
            return after;
        }
    }

    private void flush() {
        if (!plain.isEmpty()) {
            pieces.add(new Node.Piece.Plain(plain.toString()));
            plain.setLength(0);
        }
    }

    /** Whether the brace before this place means a reference, well written or not. */
    private boolean intended() {
        String root = root();
        if (known.contains(root)) {
            return is('}') || is('.') || is('[');
        }
        if (root.isEmpty() || !is('.')) {
            return false;
        }
        at++;
        String field = root();
        boolean ofStep =
                field.equals(Reference.OUTPUT) || field.equals(Reference.ERROR) || field.equals(Reference.STATUS);
        return ofStep && (is('}') || is('.') || is('['));
    }

    private Reference reference(int begin, boolean dollar) throws BadReference {
        blanks(dollar);
        String root = root();
        if (root.isEmpty()) {
            throw new BadReference(
                    "expected a reference such as ${step.field}, or \\${ where none is meant, got " + got());
        }
        if (!known.contains(root)) {
            boolean ofMap = root.equals("item") || root.equals("index");
            String none = ofMap ? root + " is known within a map only" : "there is no step '" + root + "'";
            throw new BadReference(none + Nearest.hint(root, known));
        }
        List<Reference.Part> path = new ArrayList<>();
        blanks(dollar);
        while (!is('}')) {
            path.add(part());
            blanks(dollar);
        }
        at++;
        return Reference.of(text.substring(begin, at), root, path, dollar);
    }

    private Reference.Part part() throws BadReference {
        if (is('.')) {
            return new Reference.Part.Field(field());
        }
        if (!is('[')) {
            throw new BadReference("expected '.', '[' or '}', or \\{ where no reference is meant, got " + got());
        }
        at++;
        boolean name = is('"') || is('\'');
        Reference.Part part = name ? new Reference.Part.Field(quoted()) : new Reference.Part.Element(index());
        if (!is(']')) {
            throw new BadReference("expected ']', got " + got());
        }
        at++;
        return part;
    }

    private String field() throws BadReference {
        int first = ++at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "_-$".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        if (at == first) {
            throw new BadReference("expected the name of a field after '.', got " + got());
        }
        return text.substring(first, at);
    }

    private int index() throws BadReference {
        int first = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == first || at - first > MOST_DIGITS) {
            throw new BadReference("expected an index or a name in quotes after '[', got " + got());
        }
        return Integer.parseInt(text, first, at, 10);
    }

    private String quoted() throws BadReference {
        char quote = text.charAt(at++);
        StringBuilder name = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            if (is('\\')) {
                at++;
                if (!is('\\') && !is('"') && !is('\'')) {
                    throw new BadReference("expected a quote or a backslash after '\\', got " + got());
                }
            }
            name.append(text.charAt(at++));
        }
        if (at == text.length()) {
            throw new BadReference("expected " + quote + " at the end of the name, got " + got());
        }
        at++;
        return name.toString();
    }

    private String shown(int begin) {
        int end = Math.min(text.length(), begin + MOST_SHOWN);
        int close = text.substring(begin, end).indexOf('}');
        return text.substring(begin, close < 0 ? end : begin + close + 1);
    }

    private String got() {
        return at >= text.length() ? "the end of the text" : "'" + Character.toString(text.codePointAt(at)) + "'";
    }

    private String root() {
        int first = at;
        while (at < text.length() && isOfName(text.charAt(at))) {
            at++;
        }
        return text.substring(first, at);
    }

    private static boolean isOfName(char letter) {
        return letter < 128 && (Character.isLetterOrDigit(letter) || letter == '_' || letter == '-');
    }

    private boolean is(char expected) {
        return at < text.length() && text.charAt(at) == expected;
    }

    private void blanks(boolean allowed) {
        while (allowed && is(' ')) {
            at++;
        }
    }

    /** What begins like a reference and is none. */
    private static final class BadReference extends Exception {

        private static final long serialVersionUID = 1;

        BadReference(String message) {
            super(message, null, false, false);
        }
    }
}
