package io.breadcrumbs.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.console.Target;
import io.breadcrumbs.local.deadletters.DeadLetters;
import io.breadcrumbs.local.deadletters.Disposal;
import io.breadcrumbs.local.deadletters.Letter;
import io.breadcrumbs.local.deadletters.LetterView;
import io.breadcrumbs.local.deadletters.Retried;
import io.breadcrumbs.schemas.DeadLetter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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
            "A letter's id is the place of its record. Letters end by themselves after 28 days.",
            "Needs the brokers, also with --url: the door only says where they are."
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

    /** Those of one topic, or all. */
    private static List<Letter> ofTopic(DeadLetters letters, @Nullable String topic) {
        return letters.list().stream()
                .filter(letter -> topic == null || letter.about().getTopic().equals(topic))
                .toList();
    }

    private static FailureException missing(String id) {
        return new FailureException(ExitCode.FAILED, "no dead letter '" + id + "'; './crumb dlq list' lists them");
    }

    private static DeadLetters open(Target.Addresses platform) {
        return new DeadLetters(platform.kafka(), platform.registry());
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

        List<Letter> of(DeadLetters letters) {
            List<Letter> there = ofTopic(letters, topic);
            return all
                    ? there
                    : ids.stream()
                            .distinct()
                            .map(id -> there.stream()
                                    .filter(letter -> letter.id().equals(id))
                                    .findFirst()
                                    .orElseThrow(() -> missing(id)))
                            .toList();
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
    static final class Listing implements Callable<Integer> {

        private final Console console;

        @Option(names = "--topic", paramLabel = "TOPIC", description = "Only letters about records of this topic.")
        private @Nullable String topic;

        @Option(names = "--json", description = "Prints a JSON array.")
        private boolean json;

        @Mixin
        private final Target target = new Target();

        Listing(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            List<Letter> found;
            try (DeadLetters letters = open(target.brokers())) {
                found = ofTopic(letters, topic);
            }
            if (json) {
                ArrayNode all = JsonNodeFactory.instance.arrayNode();
                found.forEach(letter -> all.add(LetterView.json(letter)));
                console.line(all.toString());
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
    static final class Show implements Callable<Integer> {

        private final Console console;

        @Parameters(paramLabel = "ID", description = "Id of the letter, as 'list' shows it.")
        private String id = "";

        @Option(names = "--json", description = "Prints a JSON object, with all bytes of the value.")
        private boolean json;

        @Mixin
        private final Target target = new Target();

        Show(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            try (DeadLetters letters = open(target.brokers())) {
                DeadLetter letter = letters.list().stream()
                        .filter(each -> each.id().equals(id))
                        .findFirst()
                        .flatMap(letters::open)
                        .orElseThrow(() -> missing(id));
                ByteBuffer value = letter.getValue();
                Optional<JsonNode> decoded = value == null ? Optional.empty() : letters.decoded(value);
                if (json) {
                    console.line(LetterView.json(id, letter, decoded).toString());
                } else {
                    LetterView.text(id, letter, decoded).forEach(console::line);
                }
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
                "still cannot be handled comes back as a new letter. A letter that could not be",
                "retried stays.",
                "Exit codes: 0 all retried, 1 not all, 2 wrong command line, 3 no platform answers."
            })
    static final class Retry implements Callable<Integer> {

        private final Console console;

        @Mixin
        private final Which which = new Which();

        @Option(names = "--json", description = "Prints a JSON object: retried, failed.")
        private boolean json;

        @Mixin
        private final Target target = new Target();

        Retry(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws InterruptedException {
            which.check();
            Target.Addresses platform = target.brokers();
            ObjectNode result = JsonNodeFactory.instance.objectNode();
            ArrayNode again = result.putArray("retried");
            ArrayNode kept = result.putArray("failed");
            try (DeadLetters letters = open(platform);
                    Disposal disposal = new Disposal(letters, platform.kafka())) {
                for (Letter letter : which.of(letters)) {
                    note(disposal.retry(letter), again, kept);
                }
            }
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
                case Retried.Kept not -> {
                    kept.addObject().put("id", not.id()).put("reason", not.reason());
                    say(not.id() + " stays: " + not.reason());
                }
            }
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
    static final class Delete implements Callable<Integer> {

        private final Console console;

        @Mixin
        private final Which which = new Which();

        @Option(names = "--json", description = "Prints a JSON object: deleted.")
        private boolean json;

        @Mixin
        private final Target target = new Target();

        Delete(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws InterruptedException {
            which.check();
            Target.Addresses platform = target.brokers();
            ObjectNode result = JsonNodeFactory.instance.objectNode();
            ArrayNode deleted = result.putArray("deleted");
            try (DeadLetters letters = open(platform);
                    Disposal disposal = new Disposal(letters, platform.kafka())) {
                for (Letter letter : which.of(letters)) {
                    disposal.delete(letter);
                    deleted.add(letter.id());
                }
            }
            console.line(json ? result.toString() : "deleted " + count(deleted.size()));
            return ExitCode.OK;
        }
    }

    private static String count(int letters) {
        return letters == 1 ? "1 letter" : letters + " letters";
    }
}
