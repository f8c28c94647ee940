package io.breadcrumbs.runner.provider.script;

import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.sdk.tool.ToolFailure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.SourceSection;

/** What the faults of scripts mean to who asked for their execution. */
final class Faults {

    private static final int CHARACTERS_AT_MOST = 2_000;

    /** What other places where JavaScript runs have, and this one refuses: it simply is not there. */
    private static final Pattern REFUSED = Pattern.compile("ReferenceError: (Java|Packages|java|javax|com|org|Polyglot"
            + "|Graal|load|loadWithNewGlobal|require|process|Deno|Bun|fetch|XMLHttpRequest|WebSocket|Worker"
            + "|SharedArrayBuffer|WebAssembly|importScripts|read|readFully|readLine|readbuffer|quit|exit"
            + ") is not defined"
            + "|Error: Operation is not allowed for: (.*)");

    private Faults() {}

    static ToolFailure of(PolyglotException e, Source source) {
        String message = message(e) + place(e, source);
        if (e.isResourceExhausted()) {
            boolean statements = e.isCancelled();
            return ToolFailure.limit(statements ? "STATEMENT_LIMIT" : "MEMORY_LIMIT", message);
        }
        if (e.isCancelled()) {
            return ToolFailure.of(ErrorKind.CANCELLED, "CANCELLED", "the script was stopped");
        }
        Matcher refused = REFUSED.matcher(message);
        if (e.isGuestException() && refused.lookingAt()) {
            String what = refused.group(1) == null ? "import" : refused.group(1);
            return ToolFailure.of(
                    ErrorKind.PERMISSION, "SANDBOX", "scripts may not use '" + what + "'" + place(e, source));
        }
        return ToolFailure.of(ErrorKind.RUNTIME, "SCRIPT", message);
    }

    private static String message(PolyglotException e) {
        String message = String.valueOf(e.getMessage()).strip();
        return message.length() <= CHARACTERS_AT_MOST ? message : message.substring(0, CHARACTERS_AT_MOST) + "…";
    }

    /** The line of the script where it happened, as far as that is known. */
    private static String place(PolyglotException e, Source source) {
        SourceSection own = e.getSourceLocation();
        if (own != null && own.getSource().equals(source)) {
            return " (line " + own.getStartLine() + ")";
        }
        return StreamSupport.stream(e.getPolyglotStackTrace().spliterator(), false)
                .filter(PolyglotException.StackFrame::isGuestFrame)
                .map(PolyglotException.StackFrame::getSourceLocation)
                .filter(section -> section != null && section.getSource().equals(source))
                .findFirst()
                .map(section -> " (line " + section.getStartLine() + ")")
                .orElse("");
    }
}
