package io.breadcrumbs.local.command;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.desk.log.LogDesk;
import io.breadcrumbs.local.desk.log.TopicDesk;
import io.breadcrumbs.local.reach.OverLog;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.sdk.operate.FieldCondition;
import io.breadcrumbs.sdk.operate.SeenRecord;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
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
            "With --url over HTTP alone, by a curator's key: records of its workspace only, and",
            "none of keys, secrets, dead letters and parts of large bodies.",
            "Exit codes: 0 ended, 1 failed, 2 wrong command line, 3 no platform answers."
        })
final class TailCommand extends OverLog {

    /** Where to begin. */
    enum From {
        BEGINNING,
        END
    }

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

    TailCommand(Console console) {
        super(console);
    }

    @Override
    protected void check() {
        if (max < 1) {
            throw new FailureException(ExitCode.USAGE, "--max: expected 1 or more, got " + max);
        }
        List<FieldCondition> conditions = conditions();
        Catalogue.topic(topic).ifPresent(known -> demandFields(known, conditions));
    }

    @Override
    protected int call(LogDesk desk) throws InterruptedException {
        TopicDesk.Wanted wanted = new TopicDesk.Wanted(topic, from == From.BEGINNING, conditions(), !noFollow);
        desk.topics().read(wanted, new Printer()::print);
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

        private long printed;

        boolean print(SeenRecord seen) {
            console.line(json ? seen.json().toString() : seen.line());
            console.out().flush();
            printed++;
            return printed < max && !console.out().checkError();
        }
    }
}
