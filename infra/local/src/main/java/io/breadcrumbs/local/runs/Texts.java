package io.breadcrumbs.local.runs;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.sdk.condition.CelConditions;
import io.breadcrumbs.sdk.workflow.definition.Definition;
import io.breadcrumbs.sdk.workflow.definition.Definitions;
import io.breadcrumbs.sdk.workflow.definition.Fault;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a command line names or holds: files, JSON, workflows. */
public record Texts(Console console) {

    private static final String STANDARD_INPUT = "-";
    private static final Pattern ID = Pattern.compile("\\p{Graph}{1,200}");
    private static final int MOST_OF_BEGIN = 150;
    /** Who starts a million runs under one name has met no id twice. */
    private static final int DIGITS = 16;

    /** Ends the command if this is no id of a run. */
    static void runId(@Nullable String id) {
        if (id != null && !ID.matcher(id).matches()) {
            throw new FailureException(
                    ExitCode.USAGE, "--id: expected 1 to 200 characters of ASCII without white space");
        }
    }

    /** An id that no run has, and that begins in this way. */
    static String freshId(String begin) {
        return begin.substring(0, Math.min(begin.length(), MOST_OF_BEGIN)) + "-"
                + UUID.randomUUID().toString().replace("-", "").substring(0, DIGITS);
    }

    /** The text of a file; of {@code -} standard input. */
    public String file(String name) {
        try {
            if (name.equals(STANDARD_INPUT)) {
                StringWriter all = new StringWriter();
                console.in().transferTo(all);
                return all.toString();
            }
            return Files.readString(Path.of(name));
        } catch (NoSuchFileException e) {
            throw new FailureException(ExitCode.USAGE, "there is no file " + name);
        } catch (CharacterCodingException e) {
            throw new FailureException(ExitCode.USAGE, name + ": expected text in UTF-8");
        } catch (IOException | InvalidPathException e) {
            throw new FailureException(ExitCode.USAGE, name + " cannot be read: " + e.getMessage());
        }
    }

    /** JSON that stands in the command line, or in a file behind {@code @}. */
    public String input(String what, String given) {
        return given.startsWith("@") ? json(what, file(given.substring(1))) : json(what, given);
    }

    /** JSON as it was given. */
    static String json(String what, String given) {
        try {
            Json.parse(given);
            return given;
        } catch (JsonException e) {
            throw new FailureException(ExitCode.USAGE, what + ": expected JSON: " + e.getMessage());
        }
    }

    /** The workflow that a text is; all that is wrong with it ends the command. */
    public Definition definition(String name, String text) {
        return switch (Definitions.parse(text, new CelConditions())) {
            case Definitions.Outcome.Valid(Definition definition) -> definition;
            case Definitions.Outcome.Invalid(List<Fault> faults) -> {
                faults.forEach(fault -> console.err().println(fault));
                String count = faults.size() == 1 ? "1 fault" : faults.size() + " faults";
                throw new FailureException(
                        ExitCode.FAILED,
                        (name.equals(STANDARD_INPUT) ? "the workflow" : name) + " has " + count
                                + ", nothing was started; docs/workflows.md explains the codes");
            }
        };
    }
}
