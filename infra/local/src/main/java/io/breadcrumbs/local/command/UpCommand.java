package io.breadcrumbs.local.command;

import io.breadcrumbs.local.access.SecurityOptions;
import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.DataOption;
import io.breadcrumbs.local.console.DurationConverter;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.data.Fault;
import io.breadcrumbs.local.data.Opened;
import io.breadcrumbs.local.data.PlatformState;
import io.breadcrumbs.local.demo.Rehearsal;
import io.breadcrumbs.local.platform.Platform;
import io.breadcrumbs.local.platform.PlatformSettings;
import io.breadcrumbs.runner.provider.mcp.McpFile;
import io.breadcrumbs.sdk.egress.Reach;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the platform in this process, or in one that stays behind. */
@Command(
        name = "up",
        description = "Starts the whole platform: Kafka, schema registry, topics, HTTP door. Ctrl-C stops it.",
        footer = {
            "",
            "Examples:",
            "  ./crumb up",
            "  ./crumb up --detach",
            "  ./crumb up --pools default --allow-command /opt/tools/resize",
            "  ./crumb up --allow-host api.example.com --mcp servers.json",
            "  ./crumb up --secure",
            "  ./crumb up --otlp http://127.0.0.1:4318",
            "  ./crumb up --port 0 --kafka-port 0 --registry-port 0 --data /tmp/crumbs --fresh",
            "",
            "Everything listens on 127.0.0.1 only. The log is platform.log in the data folder.",
            "The heap grows to 512 MB, enough for a million breadcrumbs; CRUMB_HEAP=2g allows more.",
            "Exit codes: 0 detached and ready, 1 it could not start, 2 wrong command line;",
            "130 stopped by Ctrl-C, 143 by ./crumb down."
        })
final class UpCommand implements Callable<Integer> {

    private static final String NO_POOLS = "none";
    /** So many that what the compiler learns of them is worth keeping: the first runs of later starts are quick. */
    private static final String ANY_HOST = "*";

    private final Console console;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Port of the HTTP door; 0: a free one. Default: ${DEFAULT-VALUE}")
    private int port = PlatformSettings.DEFAULT_PORT;

    @Option(names = "--kafka-port", paramLabel = "N", description = "Port of Kafka. Default: ${DEFAULT-VALUE}")
    private int kafkaPort = PlatformSettings.DEFAULT_KAFKA_PORT;

    @Option(
            names = "--registry-port",
            paramLabel = "N",
            description = "Port of the schema registry. Default: ${DEFAULT-VALUE}")
    private int registryPort = PlatformSettings.DEFAULT_REGISTRY_PORT;

    @Option(names = "--fresh", description = "Empties the data folder first.")
    private boolean fresh;

    @Option(
            names = "--pools",
            paramLabel = "POOL",
            split = ",",
            defaultValue = "default",
            description = "Executes the tools of these pools in this process; none: executes no tools. "
                    + "Default: ${DEFAULT-VALUE}")
    private List<String> pools = List.of();

    @Option(
            names = "--allow-command",
            paramLabel = "PATH",
            description = "Lets subprocess tools run this file, with any arguments. Can be given more than once."
                    + " Unless given: they run nothing.")
    private List<Path> commands = List.of();

    @Option(
            names = "--allow-host",
            paramLabel = "HOST",
            description =
                    "Lets http_request, HTTP tools that name no hosts, and webhooks reach this host: api.example.com,"
                            + " *.example.com, or '*' for all that have public addresses. Can be given more than once."
                            + " Unless given: they reach nothing.")
    private List<String> hosts = List.of();

    @Option(
            names = "--private-hosts",
            description = "The hosts of --allow-host may have private addresses, such as 127.0.0.1. Those that clouds"
                    + " keep credentials at are never reached.")
    private boolean privateHosts;

    @Option(
            names = "--mcp",
            paramLabel = "FILE",
            description =
                    "Imports the tools of the MCP servers in this file, which has the shape that MCP clients share:"
                            + " {\"mcpServers\": {NAME: {\"command\": …, \"args\": […], \"env\": {…}} or {\"url\": …,"
                            + " \"headers\": {…}}}}. Tools are named NAME_tool; docs/tools.md has more.")
    private @Nullable Path mcp;

    @Option(
            names = "--keep-runs",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description =
                    "Deletes runs so long after their end, such as 30d, where their workflow does not say otherwise."
                            + " Unless given: they are kept for ever.")
    private @Nullable Duration keepRuns;

    @Option(
            names = "--otlp",
            paramLabel = "URL",
            description = "Sends traces to the OpenTelemetry collector there, by OTLP over HTTP, like"
                    + " http://127.0.0.1:4318. Unless given: where OTEL_EXPORTER_OTLP_ENDPOINT says, or nowhere."
                    + " docs/tracing.md has more.")
    private @Nullable URI otlp;

    @Option(names = "--detach", description = "Returns when the platform is ready; it goes on in the background.")
    private boolean detach;

    /** For the script: what is used in a start and by the first commands is written down for later starts. */
    @Option(names = "--rehearse", hidden = true)
    private boolean rehearse;

    @Mixin
    private final SecurityOptions security = new SecurityOptions();

    @Mixin
    private final DataOption data = new DataOption();

    UpCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = console.out();
        demandPort("--port", port);
        demandPort("--kafka-port", kafkaPort);
        demandPort("--registry-port", registryPort);
        List<Path> allowed = commands.stream().map(UpCommand::executable).toList();
        PlatformSettings settings = settings(new LinkedHashSet<>(allowed));
        if (detach) {
            return new DetachedStart(data, out, console.err()).run(arguments(allowed));
        }
        Instant began = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
        System.setProperty("crumb.log", data.folder().resolve(PlatformState.LOG).toString());
        System.setProperty("logback.configurationFile", "logback-platform.xml");
        return switch (Platform.start(settings, line -> print(out, line))) {
            case Opened.Refused<Platform>(Fault fault) -> throw new FailureException(ExitCode.FAILED, fault.message());
            case Opened.Running<Platform>(Platform platform) -> {
                print(out, "data       " + data.folder());
                Duration took = Duration.between(began, Instant.now());
                print(out, String.format(Locale.ROOT, "ready in %.1f s", took.toMillis() / 1000.0));
                if (rehearse) {
                    rehearse(platform);
                } else {
                    serve(platform, out);
                }
                yield ExitCode.OK;
            }
        };
    }

    private static void demandPort(String option, int port) {
        if (port < 0 || port > PlatformSettings.HIGHEST_PORT) {
            throw new FailureException(
                    ExitCode.USAGE, option + ": expected 0 to " + PlatformSettings.HIGHEST_PORT + ", got " + port);
        }
    }

    private static Path executable(Path command) {
        if (!Files.isRegularFile(command) || !Files.isExecutable(command)) {
            throw new FailureException(ExitCode.USAGE, "--allow-command: expected an executable file, got " + command);
        }
        return command.toAbsolutePath().normalize();
    }

    private PlatformSettings settings(Set<Path> allowed) {
        PlatformSettings.Allowed all = new PlatformSettings.Allowed(allowed, reach(), security.settings());
        PlatformSettings.Ports ports = new PlatformSettings.Ports(port, kafkaPort, registryPort);
        PlatformSettings settings =
                new PlatformSettings(ports, data.folder(), fresh, pools(), all, Map.of(), keepRuns, collector());
        if (mcp == null) {
            return settings;
        }
        try {
            return settings.withMcpServers(McpFile.parse(Files.readString(mcp)));
        } catch (IOException e) {
            throw new FailureException(ExitCode.USAGE, "--mcp: expected a file that can be read, got " + mcp);
        } catch (IllegalArgumentException e) {
            throw new FailureException(ExitCode.USAGE, "--mcp: " + mcp + ": " + e.getMessage());
        }
    }

    private @Nullable URI collector() {
        boolean web = otlp == null || "http".equals(otlp.getScheme()) || "https".equals(otlp.getScheme());
        if (!web || (otlp != null && otlp.getHost() == null)) {
            throw new FailureException(ExitCode.USAGE, "--otlp: expected a URL of http or https, got " + otlp);
        }
        return otlp;
    }

    private Reach reach() {
        Set<String> named = new LinkedHashSet<>(hosts);
        boolean anyPublic = named.remove(ANY_HOST);
        try {
            return new Reach(named, anyPublic, privateHosts);
        } catch (IllegalArgumentException e) {
            throw new FailureException(ExitCode.USAGE, "--allow-host: " + e.getMessage());
        }
    }

    private List<String> arguments(List<Path> allowed) {
        List<String> arguments = new ArrayList<>(List.of(
                "up",
                "--port=" + port,
                "--kafka-port=" + kafkaPort,
                "--registry-port=" + registryPort,
                "--data=" + data.folder()));
        if (fresh) {
            arguments.add("--fresh");
        }
        arguments.add("--pools=" + String.join(",", pools));
        allowed.forEach(command -> arguments.add("--allow-command=" + command));
        hosts.forEach(host -> arguments.add("--allow-host=" + host));
        if (privateHosts) {
            arguments.add("--private-hosts");
        }
        if (keepRuns != null) {
            arguments.add("--keep-runs=" + keepRuns);
        }
        if (otlp != null) {
            arguments.add("--otlp=" + otlp);
        }
        if (mcp != null) {
            arguments.add("--mcp=" + mcp.toAbsolutePath());
        }
        arguments.addAll(security.arguments());
        return arguments;
    }

    private Set<String> pools() {
        if (!pools.contains(NO_POOLS)) {
            return new LinkedHashSet<>(pools);
        }
        if (pools.size() > 1) {
            throw new FailureException(
                    ExitCode.USAGE,
                    "--pools: expected names of pools, or '" + NO_POOLS + "' alone, got " + String.join(",", pools));
        }
        return Set.of();
    }

    private void rehearse(Platform platform) throws InterruptedException {
        try (platform) {
            new Rehearsal(
                            platform.state().url(),
                            (input, line) ->
                                    CrumbCommand.run(new StringReader(input), console.out(), console.err(), line))
                    .run(!pools().isEmpty());
        } catch (IOException e) {
            throw new FailureException(ExitCode.FAILED, "the rehearsal failed: " + e.getMessage());
        }
    }

    /** Waits for a signal, and closes before the process may end. */
    private static void serve(Platform platform, PrintWriter out) throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            asked.countDown();
                            try {
                                closed.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "stop"));
        asked.await();
        platform.close();
        print(out, "stopped");
        closed.countDown();
    }

    private static void print(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}
