package io.breadcrumbs.local.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.console.Target;
import io.breadcrumbs.local.inspect.RecordJson;
import io.breadcrumbs.local.tools.Members;
import io.breadcrumbs.local.tools.ToolList;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.Trigger;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.tool.Values;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
final class ToolsCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Console console;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The tool to describe.")
    private @Nullable String name;

    @Option(names = "--json", description = "Prints a JSON array.")
    private boolean json;

    @Mixin
    private final Target target = new Target();

    ToolsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        List<ToolDefinition> tools;
        try (Bus bus = target.connect(PATIENCE)) {
            ToolList list = ToolList.read(bus, PATIENCE);
            tools = name == null ? list.all() : list.named(name);
        }
        Map<String, Integer> runners = runners(tools);
        if (name != null && tools.isEmpty()) {
            throw new FailureException(
                    ExitCode.FAILED,
                    "no tool '" + name + "' is in the catalogue; './crumb tools' lists those that are");
        }
        if (json) {
            ArrayNode all = new ObjectMapper().createArrayNode();
            tools.forEach(tool -> all.add(json(tool, runners)));
            console.line(all.toString());
        } else if (name != null) {
            tools.forEach(tool -> console.line(json(tool, runners).toPrettyString()));
            sayWhoIsMissing(runners);
        } else {
            table(tools, runners);
            sayWhoIsMissing(runners);
        }
        return ExitCode.OK;
    }

    private Map<String, Integer> runners(List<ToolDefinition> tools) throws InterruptedException {
        Set<String> pools = tools.stream().map(ToolDefinition::getPool).collect(Collectors.toCollection(TreeSet::new));
        try {
            return new TreeMap<>(Members.runners(target.find().kafka(), pools, PATIENCE));
        } catch (TimeoutException e) {
            throw new FailureException(
                    ExitCode.FAILED, "Kafka did not say within " + PATIENCE.toSeconds() + " s who serves the pools");
        }
    }

    /** For people; what is printed as JSON has the numbers. */
    private void sayWhoIsMissing(Map<String, Integer> runners) {
        runners.forEach((pool, count) -> {
            if (count == 0) {
                console.err().println("crumb: " + Members.nobody(pool));
            }
        });
    }

    private void table(List<ToolDefinition> tools, Map<String, Integer> runners) {
        String format = "%-24s %-8s %-10s %-12s %-8s %8s  %s";
        console.line(String.format(
                Locale.ROOT, format, "TOOL", "VERSION", "KIND", "POOL", "RUNNERS", "TIMEOUT", "WHAT IT DOES"));
        for (ToolDefinition tool : tools) {
            console.line(String.format(
                    Locale.ROOT,
                    format,
                    tool.getName(),
                    tool.getVersion(),
                    tool.getKind().name().toLowerCase(Locale.ROOT),
                    tool.getPool(),
                    served(runners, tool),
                    tool.getTimeoutMs() / 1000 + " s",
                    tool.getDescription()));
        }
    }

    private static int served(Map<String, Integer> runners, ToolDefinition tool) {
        return runners.getOrDefault(tool.getPool(), 0);
    }

    /** What counts for a trigger of its kind. */
    private static JsonNode trigger(Trigger trigger) {
        ObjectNode one = RecordJson.of(trigger).deepCopy();
        Set<String> shown = switch (trigger.getKind()) {
            case SELECTOR -> Set.of("selector");
            case CRON -> Set.of("cron", "timeZone", "missed");
            case BOOTSTRAP -> Set.of("priority");
            case CONTINUOUS, UNKNOWN -> Set.of();
        };
        List<String> always = List.of("name", "kind", "input");
        return one.retain(Stream.concat(always.stream(), shown.stream()).toList());
    }

    private static ObjectNode json(ToolDefinition tool, Map<String, Integer> runners) {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode one = mapper.createObjectNode()
                .put("name", tool.getName())
                .put("version", tool.getVersion())
                .put("description", tool.getDescription())
                .put("kind", tool.getKind().name())
                .put("pool", tool.getPool())
                .put("runners", served(runners, tool))
                .put("timeoutMs", tool.getTimeoutMs())
                .put("concurrency", tool.getConcurrency())
                .put("sideEffects", tool.getSideEffects().name())
                .put("enabled", tool.getEnabled());
        ArrayNode triggers = one.putArray("triggers");
        tool.getTriggers().forEach(trigger -> triggers.add(trigger(trigger)));
        try {
            one.set("inputSchema", mapper.readTree(tool.getInputSchema()));
            String output = tool.getOutputSchema();
            one.set("outputSchema", output == null ? null : mapper.readTree(output));
            ArrayNode examples = one.putArray("examples");
            for (String example : tool.getExamples()) {
                examples.add(mapper.readTree(example));
            }
        } catch (JsonProcessingException e) {
            one.put("fault", "a schema or an example is no JSON: " + Values.fault(e));
        }
        return one;
    }
}
