package io.breadcrumbs.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.desk.log.LetterDesk;
import io.breadcrumbs.local.desk.log.LogDesk;
import io.breadcrumbs.local.reach.OverLog;
import io.breadcrumbs.sdk.operate.Retried;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The group of commands about dead letters. */
@Command(
        name = "dlq",
        description = "Dead letters: records that could not be handled, with the reason.",
        footer = {
            "",
            "Examples:",
            "  ./crumb dlq list",
            "  ./crumb dlq show tool.request.v1-3@17",
            "  ./crumb dlq retry tool.request.v1-3@17",
            "  ./crumb dlq delete --all --topic tool.cancel.v1",
            "",
            "A letter's id is the place of its record, or that of a webhook's delivery. Letters",
            "end by themselves after 28 days.",
            "With --url over HTTP alone, by a curator's key: letters of its workspace only."
        })
final class DlqCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    private DlqCommand() {}

    static CommandLine with(Console console) {
        return new CommandLine(new DlqCommand())
                .addSubcommand(new Listing(console))
                .addSubcommand(new Show(console))
                .addSubcommand(new Retry(console))
                .addSubcommand(new Delete(console));
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "What about them? list, show, retry or delete.");
        }
    }

    /** Which letters are meant: some by id, or all, or all of one topic. */
    static final class Which {

        @Parameters(arity = "0..*", paramLabel = "ID", description = "Ids of letters, as 'list' shows them.")
        private List<String> ids = new ArrayList<>();

        @Option(names = "--all", description = "All letters.")
        private boolean all;

        @Option(names = "--topic", paramLabel = "TOPIC", description = "With --all: only those of this topic.")
        private @Nullable String topic;

        /** Before anything is asked. */
        void check() {
            if (ids.isEmpty() != all) {
                throw new FailureException(ExitCode.USAGE, "expected either ids of letters, or --all");
            }
            if (topic != null && !all) {
                throw new FailureException(ExitCode.USAGE, "--topic: expected together with --all");
            }
        }

        List<String> of(LetterDesk letters) throws InterruptedException {
            List<String> there = letters.all(topic).stream()
                    .map(letter -> letter.path("id").asText())
                    .toList();
            for (String id : ids) {
                if (!there.contains(id)) {
                    throw LetterDesk.missing(id);
                }
            }
            return all ? there : ids.stream().distinct().toList();
        }
    }

    /** What there is. */
    @Command(
            name = "list",
            description = "Lists dead letters, the oldest first.",
            footer = {
                "",
                "Examples:",
                "  ./crumb dlq list",
                "  ./crumb dlq list --topic tool.request.v1 --json",
                "",
                "Exit codes: 0 listed, 1 failed, 2 wrong command line, 3 no platform answers."
            })
    static final class Listing extends OverLog {

        @Option(names = "--topic", paramLabel = "TOPIC", description = "Only letters about records of this topic.")
        private @Nullable String topic;

        @Option(names = "--json", description = "Prints a JSON array.")
        private boolean json;

        Listing(Console console) {
            super(console);
        }

        @Override
        protected int call(LogDesk desk) throws InterruptedException {
            List<JsonNode> found = desk.letters().all(topic);
            if (json) {
                console.line(JsonNodeFactory.instance.arrayNode().addAll(found).toString());
            } else if (found.isEmpty()) {
                console.line("no dead letters");
            } else {
                LetterView.table(found).forEach(console::line);
            }
            return ExitCode.OK;
        }
    }

    /** One letter. */
    @Command(
            name = "show",
            description = "Shows a dead letter: reason, place, time, instance, key, headers, and the value, decoded"
                    + " where it can be, else in hexadecimal.",
            footer = {
                "",
                "Examples:",
                "  ./crumb dlq show tool.request.v1-3@17",
                "  ./crumb dlq show tool.request.v1-3@17 --json",
                "",
                "Exit codes: 0 shown, 1 no such letter, 2 wrong command line, 3 no platform answers."
            })
    static final class Show extends OverLog {

        @Parameters(paramLabel = "ID", description = "Id of the letter, as 'list' shows it.")
        private String id = "";

        @Option(names = "--json", description = "Prints a JSON object, with all bytes of the value.")
        private boolean json;

        Show(Console console) {
            super(console);
        }

        @Override
        protected int call(LogDesk desk) throws InterruptedException {
            JsonNode letter = desk.letters().find(id);
            if (json) {
                console.line(letter.toString());
            } else {
                LetterView.text(letter).forEach(console::line);
            }
            return ExitCode.OK;
        }
    }

    /** Once more. */
    @Command(
            name = "retry",
            description = "Publishes the records of dead letters again, with key, bytes and headers as they were, to"
                    + " the same partition; deletes each letter when its record is durable.",
            footer = {
                "",
                "Examples:",
                "  ./crumb dlq retry tool.request.v1-3@17",
                "  ./crumb dlq retry --all --topic tool.request.v1 --json",
                "",
                "All groups that read the topic get the record, those too that handled it. What",
                "still cannot be handled comes back as a new letter. A webhook's letter is posted",
                "once more, which takes --url. A letter that could not be retried stays.",
                "Exit codes: 0 all retried, 1 not all, 2 wrong command line, 3 no platform answers."
            })
    static final class Retry extends OverLog {

        @Mixin
        private final Which which = new Which();

        @Option(names = "--json", description = "Prints a JSON object: retried, failed.")
        private boolean json;

        Retry(Console console) {
            super(console);
        }

        @Override
        protected void check() {
            which.check();
        }

        @Override
        protected int call(LogDesk desk) throws InterruptedException {
            LetterDesk letters = desk.letters();
            ObjectNode result = JsonNodeFactory.instance.objectNode();
            ArrayNode again = result.putArray("retried");
            ArrayNode kept = result.putArray("failed");
            letters.retry(which.of(letters), retried -> note(retried, again, kept));
            console.line(json ? result.toString() : "retried " + count(again.size()));
            if (!kept.isEmpty()) {
                throw new FailureException(
                        ExitCode.FAILED,
                        count(kept.size()) + " could not be retried; the first, "
                                + kept.get(0).path("id").asText() + ": "
                                + kept.get(0).path("reason").asText());
            }
            return ExitCode.OK;
        }

        private void note(Retried retried, ArrayNode again, ArrayNode kept) {
            switch (retried) {
                case Retried.Again done -> {
                    again.addObject().put("id", done.id()).put("position", done.position());
                    say(done.id() + " is published again as " + done.position());
                }
                case Retried.Posted done -> {
                    again.addObject().put("id", done.id()).put("host", done.host());
                    say(done.id() + " is delivered to " + done.host());
                }
                case Retried.Kept(String id, String reason) -> stays(id, reason, kept);
                case Retried.Unwritten(String id, String reason) -> stays(id, reason, kept);
            }
        }

        private void stays(String id, String reason, ArrayNode kept) {
            kept.addObject().put("id", id).put("reason", reason);
            say(id + " stays: " + reason);
        }

        private void say(String line) {
            if (!json) {
                console.line(line);
            }
        }
    }

    /** Never again. */
    @Command(
            name = "delete",
            description = "Deletes dead letters. Their records are not handled, and nothing asks again.",
            footer = {
                "",
                "Examples:",
                "  ./crumb dlq delete tool.request.v1-3@17",
                "  ./crumb dlq delete --all --topic tool.cancel.v1",
                "",
                "Exit codes: 0 deleted, 1 no such letter, or failed, 2 wrong command line, 3 no platform answers."
            })
    static final class Delete extends OverLog {

        @Mixin
        private final Which which = new Which();

        @Option(names = "--json", description = "Prints a JSON object: deleted.")
        private boolean json;

        Delete(Console console) {
            super(console);
        }

        @Override
        protected void check() {
            which.check();
        }

        @Override
        protected int call(LogDesk desk) throws InterruptedException {
            LetterDesk letters = desk.letters();
            ObjectNode result = JsonNodeFactory.instance.objectNode();
            ArrayNode deleted = result.putArray("deleted");
            for (String id : which.of(letters)) {
                letters.delete(id);
                deleted.add(id);
            }
            console.line(json ? result.toString() : "deleted " + count(deleted.size()));
            return ExitCode.OK;
        }
    }

    private static String count(int letters) {
        return letters == 1 ? "1 letter" : letters + " letters";
    }
}
