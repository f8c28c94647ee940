package io.breadcrumbs.local.command;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.publish.DraftException;
import io.breadcrumbs.local.publish.JsonPublisher;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Publishes records that stand as JSON in a file. */
@Command(
        name = "publish",
        description = "Publishes records from a file of JSON: {\"topic\": .., \"key\": .., \"value\": {..}},"
                + " one, a list, or one after the other.",
        footer = {
            "",
            "Examples:",
            "  ./crumb publish requests.jsonl",
            "  echo '{\"topic\": \"tool.request.v1\", \"value\": {\"tool\": \"echo\"}}' | ./crumb publish -",
            "",
            "Fields of meta that are left out are filled in; so is the key where the value says it.",
            "All records are checked before the first is written.",
            "Exit codes: 0 all acknowledged, 1 faulty input or not acknowledged, 2 wrong command line,",
            "3 no platform answers."
        })
final class PublishCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "FILE", description = "The file; '-' reads standard input.")
    private String file = "-";

    @Option(names = "--json", description = "Prints the result as a JSON object.")
    private boolean json;

    @Mixin
    private final Target target = new Target();

    PublishCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        try (Reader text = open()) {
            Target.Addresses platform = target.find();
            JsonPublisher publisher = new JsonPublisher(platform.kafka(), platform.registry(), InstantSource.system());
            JsonPublisher.Written written = publisher.publish(file.equals("-") ? "stdin" : file, text);
            int count = written.positions().size();
            if (json) {
                console.line("{\"acknowledged\":" + count + ",\"failed\":"
                        + written.failures().size() + "}");
            } else {
                written.positions().forEach(console::line);
                console.line("published " + count + (count == 1 ? " record" : " records"));
            }
            if (!written.failures().isEmpty()) {
                throw new FailureException(
                        ExitCode.FAILED,
                        written.failures().size() + " not acknowledged: "
                                + written.failures().getFirst());
            }
            return ExitCode.OK;
        } catch (DraftException e) {
            throw new FailureException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private Reader open() throws IOException {
        if (file.equals("-")) {
            return console.in();
        }
        try {
            return Files.newBufferedReader(Path.of(file));
        } catch (NoSuchFileException e) {
            throw new FailureException(ExitCode.FAILED, "no file " + file);
        }
    }
}
