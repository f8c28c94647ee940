package io.breadcrumbs.local.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.desk.log.LogDesk;
import io.breadcrumbs.local.reach.OverLog;
import io.breadcrumbs.sdk.operate.TopicReport;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists topics with their sizes, and how far each group is behind. */
@Command(
        name = "topics",
        description = "Lists topics: partitions, records, size on disk, lag per consumer group.",
        footer = {
            "",
            "Examples:",
            "  ./crumb topics",
            "  ./crumb topics --json",
            "",
            "Records are offsets between beginning and end; a compacted topic may hold fewer.",
            "With --url over HTTP alone, by a curator's key; counts are of all workspaces.",
            "Exit codes: 0 listed, 1 failed, 2 wrong command line, 3 no platform answers."
        })
final class TopicsCommand extends OverLog {

    @Option(names = "--json", description = "Prints a JSON array.")
    private boolean json;

    TopicsCommand(Console console) {
        super(console);
    }

    @Override
    protected int call(LogDesk desk) throws InterruptedException {
        List<TopicReport> reports = desk.topics().all();
        if (json) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            reports.forEach(report -> all.add(report.json()));
            console.line(all.toString());
        } else {
            table(reports);
        }
        return ExitCode.OK;
    }

    private void table(List<TopicReport> reports) {
        String format = "%-26s %10s %10s %12s  %s";
        console.line(String.format(Locale.ROOT, format, "TOPIC", "PARTITIONS", "RECORDS", "BYTES", "LAG"));
        for (TopicReport report : reports) {
            String lag = report.lagByGroup().entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                    .collect(Collectors.joining(" "));
            console.line(String.format(
                            Locale.ROOT,
                            format,
                            report.topic(),
                            report.partitions(),
                            report.records(),
                            report.bytes(),
                            lag)
                    .stripTrailing());
        }
    }
}
