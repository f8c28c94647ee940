package io.breadcrumbs.local.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.Target;
import io.breadcrumbs.local.inspect.TopicReport;
import io.breadcrumbs.local.inspect.TopicReports;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            "Needs the brokers, also with --url: the door only says where they are.",
            "Exit codes: 0 listed, 1 failed, 2 wrong command line, 3 no platform answers."
        })
final class TopicsCommand implements Callable<Integer> {

    private final Console console;

    @Option(names = "--json", description = "Prints a JSON array.")
    private boolean json;

    @Mixin
    private final Target target = new Target();

    TopicsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<TopicReport> reports = TopicReports.read(target.brokers().kafka());
        if (json) {
            console.line(json(reports));
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

    private static String json(List<TopicReport> reports) {
        ObjectMapper mapper = new ObjectMapper();
        ArrayNode all = mapper.createArrayNode();
        for (TopicReport report : reports) {
            ObjectNode one = all.addObject()
                    .put("topic", report.topic())
                    .put("partitions", report.partitions())
                    .put("records", report.records())
                    .put("bytes", report.bytes());
            ObjectNode lag = one.putObject("lag");
            for (Map.Entry<String, Long> group : report.lagByGroup().entrySet()) {
                lag.put(group.getKey(), group.getValue());
            }
        }
        return all.toString();
    }
}
