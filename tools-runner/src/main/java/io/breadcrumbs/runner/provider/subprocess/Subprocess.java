package io.breadcrumbs.runner.provider.subprocess;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.runner.provider.Executable;
import io.breadcrumbs.runner.provider.SecretVariable;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.sdk.tool.ToolContext;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.Values;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A tool that runs a command for each execution, in a folder and with an environment of its own. When the execution
 * ends, however it does, all processes that it began have ended.
 *
 * @param secrets names of those that the command may know
 * @param free one permit for each subprocess that may run at once
 */
record Subprocess(List<String> command, List<String> secrets, long outputBytes, Semaphore free) implements Executable {

    private static final long LOOK_EVERY_MS = 10;
    private static final String PATH = "/usr/local/bin:/usr/bin:/bin";

    @Override
    public String execute(JsonNode input, ToolContext context) throws ToolFailure, IOException, InterruptedException {
        Map<String, String> known = new TreeMap<>();
        for (String name : secrets) {
            known.put(SecretVariable.of(name), context.secret(name));
        }
        free.acquire();
        try (Workplace place = Workplace.open(input.toString())) {
            Family family = start(place, known, context);
            context.closeAtEnd(family::kill);
            Complaints complaints = new Complaints(family.first().getErrorStream());
            try {
                await(family.first(), place, complaints);
            } finally {
                family.end();
            }
            complaints.look();
            demandBounded(place);
            demandSuccess(family.first().exitValue(), complaints.last(known.values()));
            return output(place);
        } finally {
            free.release();
        }
    }

    private Family start(Workplace place, Map<String, String> known, ToolContext context) throws ToolFailure {
        String file = command.getFirst();
        if (!Files.isExecutable(Path.of(file))) {
            throw ToolFailure.of(
                    ErrorKind.NOT_FOUND,
                    "COMMAND_NOT_FOUND",
                    "expected an executable file '" + file + "' on this runner's machine, got none");
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(place.work().toFile())
                .redirectInput(place.input().toFile())
                .redirectOutput(place.output().toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", PATH);
        environment.put("LANG", "C.UTF-8");
        environment.put("HOME", place.work().toString());
        environment.put("TMPDIR", place.work().toString());
        environment.put("CRUMB_REQUEST_ID", context.request().getRequestId());
        environment.put("CRUMB_IDEMPOTENCY_KEY", context.idempotencyKey());
        environment.putAll(known);
        try {
            return Family.start(builder);
        } catch (IOException e) {
            throw ToolFailure.of(
                    ErrorKind.RUNTIME, "COMMAND", "the command '" + file + "' could not be started: " + e.getMessage());
        }
    }

    private void await(Process process, Workplace place, Complaints complaints)
            throws ToolFailure, IOException, InterruptedException {
        while (!process.waitFor(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
            demandBounded(place);
            complaints.look();
        }
    }

    private void demandBounded(Workplace place) throws ToolFailure, IOException {
        if (Files.size(place.output()) > outputBytes) {
            throw ToolFailure.limit(
                    "OUTPUT_TOO_LARGE", "expected an output of up to " + outputBytes + " bytes, got more");
        }
    }

    private static void demandSuccess(int exitCode, String errors) throws ToolFailure {
        if (exitCode == 0) {
            return;
        }
        throw ToolFailure.of(
                ErrorKind.RUNTIME,
                "EXIT_CODE",
                "expected exit code 0, got " + exitCode
                        + (errors.isEmpty() ? " and nothing on standard error" : ": " + errors));
    }

    private static String output(Workplace place) throws ToolFailure, IOException {
        String output;
        try {
            output = Files.readString(place.output()).strip();
        } catch (CharacterCodingException e) {
            throw noOutput("expected a JSON document, got bytes that are no text in UTF-8");
        }
        if (output.isEmpty()) {
            throw noOutput("expected a JSON document, got nothing");
        }
        try {
            Values.parse(output);
        } catch (ToolFailure e) {
            throw noOutput(String.valueOf(e.getMessage()));
        }
        return output;
    }

    private static ToolFailure noOutput(String why) {
        return ToolFailure.of(ErrorKind.RUNTIME, "OUTPUT", "standard output: " + why);
    }
}
