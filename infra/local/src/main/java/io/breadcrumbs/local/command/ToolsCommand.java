package io.breadcrumbs.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.desk.Desk;
import io.breadcrumbs.local.reach.OverDesk;
import io.breadcrumbs.local.tools.Members;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the tools of the catalogue, or describes one. */
@Command(
        name = "tools",
        description = "Lists the tools of the catalogue, or describes one.",
        footer = {
            "",
            "Examples:",
            "  ./crumb tools",
            "  ./crumb tools echo",
            "  ./crumb tools --json",
            "",
            "RUNNERS is how many serve the tool's pool. Where nobody does, its requests wait.",
            "Exit codes: 0 listed, 1 no such tool, 2 wrong command line, 3 no platform answers."
        })
final class ToolsCommand extends OverDesk {

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The tool to describe.")
    private @Nullable String name;

    @Option(names = "--json", description = "Prints a JSON array.")
    private boolean json;

    ToolsCommand(Console console) {
        super(console);
    }

    @Override
    protected int call(Desk desk) throws InterruptedException {
        List<ObjectNode> tools = desk.tools().all().stream()
                .filter(tool -> name == null || tool.path("name").asText().equals(name))
                .toList();
        if (name != null && tools.isEmpty()) {
            throw new FailureException(
                    ExitCode.FAILED,
                    "no tool '" + name + "' is in the catalogue; './crumb tools' lists those that are");
        }
        if (json) {
            console.line(JsonNodeFactory.instance.arrayNode().addAll(tools).toString());
        } else if (name != null) {
            tools.forEach(tool -> console.line(tool.toPrettyString()));
            sayWhoIsMissing(tools);
        } else {
            table(tools);
            sayWhoIsMissing(tools);
        }
        return ExitCode.OK;
    }

    /** For people; what is printed as JSON has the numbers. */
    private void sayWhoIsMissing(List<ObjectNode> tools) {
        tools.stream()
                .filter(tool -> tool.path("runners").asInt(-1) == 0)
                .map(tool -> tool.path("pool").asText())
                .distinct()
                .sorted()
                .forEach(pool -> console.err().println("crumb: " + Members.nobody(pool)));
    }

    private void table(List<ObjectNode> tools) {
        String format = "%-24s %-8s %-10s %-12s %-8s %8s  %s";
        console.line(String.format(
                Locale.ROOT, format, "TOOL", "VERSION", "KIND", "POOL", "RUNNERS", "TIMEOUT", "WHAT IT DOES"));
        for (ObjectNode tool : tools) {
            JsonNode runners = tool.path("runners");
            console.line(String.format(
                    Locale.ROOT,
                    format,
                    tool.path("name").asText(),
                    tool.path("version").asText(),
                    tool.path("kind").asText().toLowerCase(Locale.ROOT),
                    tool.path("pool").asText(),
                    runners.isNull() ? "?" : runners.asText(),
                    tool.path("timeoutMs").asLong() / 1000 + " s",
                    tool.path("description").asText()));
        }
    }
}
