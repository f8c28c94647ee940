package io.breadcrumbs.local.command;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.console.Target;
import io.breadcrumbs.local.inspect.FieldCondition;
import io.breadcrumbs.local.inspect.SeenRecord;
import io.breadcrumbs.local.inspect.TopicTail;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the records of a topic as they come. */
@Command(
        name = "tail",
        description = "Prints the records of a topic, one a line: partition, offset, time, key, origin/seq, value.",
        footer = {
            "",
            "Examples:",
            "  ./crumb tail tool.request.v1",
            "  ./crumb tail workflow.event.v1 --from beginning --max 10 --json",
            "  ./crumb tail breadcrumb.v1 --where meta.workspace=default --where meta.tags=urgent",
            "",
            "A value that cannot be decoded is shown with the reason. Ctrl-C ends it.",
            "Needs the brokers, also with --url: the door only says where they are.",
            "Exit codes: 0 ended, 1 failed, 2 wrong command line, 3 no platform answers."
        })
final class TailCommand implements Callable<Integer> {

    /** Where to begin. */
    enum From {
        BEGINNING,
        END
    }

    private final Console console;

    @Parameters(paramLabel = "TOPIC", description = "Name of the topic; './crumb topics' lists them.")
    private String topic = "";

    @Option(names = "--from", paramLabel = "beginning|end", description = "Where to begin. Default: end")
    private From from = From.END;

    @Option(
            names = "--where",
            paramLabel = "FIELD=VALUE",
            description = "Only records whose field has this value; dots go deeper; all conditions must hold.")
    private List<String> where = new ArrayList<>();

    @Option(names = "--max", paramLabel = "N", description = "Ends after so many records.")
    private long max = Long.MAX_VALUE;

    @Option(names = "--no-follow", description = "Ends where the topic ended when the command began.")
    private boolean noFollow;

    @Option(names = "--json", description = "Prints one JSON object a line.")
    private boolean json;

    @Mixin
    private final Target target = new Target();

    TailCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<FieldCondition> conditions = conditions();
        if (max < 1) {
            throw new FailureException(ExitCode.USAGE, "--max: expected 1 or more, got " + max);
        }
        Catalogue.topic(topic).ifPresent(known -> demandFields(known, conditions));
        Target.Addresses platform = target.brokers();
        try (TopicTail tail = new TopicTail(platform.kafka(), platform.registry())) {
            List<String> topics = tail.topics();
            if (!topics.contains(topic)) {
                throw new FailureException(
                        ExitCode.FAILED, "no topic '" + topic + "'; there are " + String.join(", ", topics));
            }
            Printer printer = new Printer(conditions);
            tail.read(topic, from == From.BEGINNING, !noFollow, printer::print);
        }
        return ExitCode.OK;
    }

    private List<FieldCondition> conditions() {
        try {
            return where.stream().map(FieldCondition::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new FailureException(ExitCode.USAGE, "--where: " + e.getMessage());
        }
    }

    private static void demandFields(Topic<?> known, List<FieldCondition> conditions) {
        for (FieldCondition condition : conditions) {
            condition.fault(known.schema()).ifPresent(fault -> {
                throw new FailureException(ExitCode.USAGE, "--where: " + fault);
            });
        }
    }

    private final class Printer {

        private final List<FieldCondition> conditions;
        private long printed;

        Printer(List<FieldCondition> conditions) {
            this.conditions = conditions;
        }

        boolean print(SeenRecord seen) {
            if (conditions.stream().allMatch(condition -> condition.matches(seen.value()))) {
                console.line(json ? seen.json() : seen.line());
                console.out().flush();
                printed++;
            }
            return printed < max && !console.out().checkError();
        }
    }
}
