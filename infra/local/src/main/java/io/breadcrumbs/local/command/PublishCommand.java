package io.breadcrumbs.local.command;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.console.Target;
import io.breadcrumbs.local.publish.DraftException;
import io.breadcrumbs.local.publish.JsonPublisher;
import io.breadcrumbs.local.publish.Published;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.kafka.BusSettings;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
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
            "On a compacted topic the value null ends its key: it takes a tool out of tool.v1.",
            "All records are checked before the first is published. They go out in the order",
            "of the file, up to the first that fails, if one does; what failed and what was",
            "not tried is said.",
            "Needs the brokers, also with --url, on purpose: it writes to the log itself, and who",
            "may do that may write anything of any workspace. Over HTTP there are 'call',",
            "'run start', and POST /breadcrumbs.",
            "Exit codes: 0 all durable, 1 faulty input or something not published, 2 wrong",
            "command line, 3 no platform answers."
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
    public Integer call() throws InterruptedException {
        String source = file.equals("-") ? "stdin" : file;
        try (Reader text = open()) {
            Target.Addresses platform = target.brokers();
            BusSettings settings = BusSettings.of(platform.kafka(), platform.registry(), "crumb");
            Published published = new JsonPublisher(settings, InstantSource.system()).publish(source, text);
            print(published);
            if (!published.failures().isEmpty()) {
                throw new FailureException(ExitCode.FAILED, published.summary(source));
            }
            return ExitCode.OK;
        } catch (DraftException e) {
            throw new FailureException(ExitCode.FAILED, e.getMessage() + "; nothing was published");
        } catch (BusException e) {
            throw new FailureException(ExitCode.FAILED, "nothing was published: " + e.getMessage());
        } catch (IOException e) {
            throw new FailureException(ExitCode.FAILED, "cannot read " + file + ": " + reason(e));
        }
    }

    private void print(Published published) {
        int count = published.positions().size();
        if (json) {
            console.line("{\"acknowledged\":" + count + ",\"failed\":"
                    + published.failures().size() + ",\"untried\":" + published.untried() + "}");
        } else {
            published.positions().forEach(console::line);
            console.line("published " + count + (count == 1 ? " record" : " records"));
        }
    }

    private Reader open() throws IOException {
        return file.equals("-") ? console.in() : Files.newBufferedReader(Path.of(file));
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no such file";
            case AccessDeniedException _ -> "no permission";
            case CharacterCodingException _ -> "it is not text in UTF-8";
            default -> String.valueOf(e.getMessage());
        };
    }
}
