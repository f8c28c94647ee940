package io.breadcrumbs.local.platform;

import io.breadcrumbs.local.data.DataFolder;
import io.breadcrumbs.local.data.Fault;
import io.breadcrumbs.local.data.Opened;
import io.breadcrumbs.runner.Runner;
import io.breadcrumbs.runner.RunnerSettings;
import io.breadcrumbs.runner.builtin.breadcrumb.BreadcrumbTools;
import io.breadcrumbs.runner.builtin.workflow.WorkflowTool;
import io.breadcrumbs.runner.catalogue.Imports;
import io.breadcrumbs.runner.execution.ExecutionLog;
import io.breadcrumbs.runner.execution.Secrets;
import io.breadcrumbs.runner.execution.VirtualThreads;
import io.breadcrumbs.runner.intake.Intake.Surroundings;
import io.breadcrumbs.runner.metrics.RunnerMetrics;
import io.breadcrumbs.runner.provider.JavaTools;
import io.breadcrumbs.runner.provider.http.HttpRequestTool;
import io.breadcrumbs.runner.provider.http.HttpTools;
import io.breadcrumbs.runner.provider.mcp.McpImport;
import io.breadcrumbs.runner.provider.mcp.McpServers;
import io.breadcrumbs.runner.provider.mcp.McpSettings;
import io.breadcrumbs.runner.provider.mcp.McpTools;
import io.breadcrumbs.runner.provider.script.ScriptSettings;
import io.breadcrumbs.runner.provider.script.ScriptTools;
import io.breadcrumbs.runner.provider.subprocess.SubprocessSettings;
import io.breadcrumbs.runner.provider.subprocess.SubprocessTools;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.breadcrumb.Breadcrumbs;
import io.breadcrumbs.sdk.egress.EgressSettings;
import io.breadcrumbs.sdk.egress.Guard;
import io.breadcrumbs.sdk.egress.Names;
import io.breadcrumbs.sdk.egress.WebClient;
import io.breadcrumbs.sdk.kafka.SystemTime;
import io.breadcrumbs.sdk.secret.MasterKeys;
import io.breadcrumbs.sdk.secret.Vault;
import io.breadcrumbs.sdk.tool.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tools-runner of the platform. */
final class LocalRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalRunner.class);
    private static final long JOINED_WITHIN_SECONDS = 30;

    /** A server that takes longer is imported when it is there. */
    private static final long MCP_WITHIN_SECONDS = 10;

    private final Held held;
    private final Runner runner;
    private final McpServers servers;
    private final McpImport imports;
    private final Set<String> pools;

    /** What it is made of, and closes. */
    private record Held(SystemTime time, Runner runner, McpServers servers, Vault vault) {}

    private LocalRunner(Bus bus, Held held, Set<String> pools) {
        this.pools = pools;
        this.held = held;
        this.runner = held.runner();
        this.servers = held.servers();
        this.imports = new McpImport(
                servers,
                new Imports(bus, held.time(), runner.toolbox()),
                new McpImport.Around(pools, bus.instance(), held.time()));
    }

    /** Starts it; returns when it has joined its pools. */
    static Opened<LocalRunner> start(
            Bus bus, PlatformSettings settings, Instruments instruments, Breadcrumbs breadcrumbs) {
        SystemTime time = new SystemTime("runner");
        WebClient web =
                new WebClient(new Guard(Names.ofMachine()), time, (SSLSocketFactory) SSLSocketFactory.getDefault());
        List<Tool<?, ?>> java = new ArrayList<>(JavaTools.found());
        EgressSettings egress =
                EgressSettings.DEFAULT.withReach(settings.allowed().reach());
        java.add(new HttpRequestTool(web, time, egress));
        java.addAll(BreadcrumbTools.over(breadcrumbs));
        java.add(new WorkflowTool(bus, time));
        McpSettings mcp = McpSettings.DEFAULT.withServers(settings.mcpServers()).asAlone();
        McpServers servers = new McpServers(mcp, Secrets.ofEnvironment(), time);
        Vault vault = new Vault(bus, MasterKeys.ofEnvironmentOr(settings.data().resolve(DataFolder.MASTER_KEYS)));
        RunnerMetrics metrics = new RunnerMetrics(instruments.registry());
        Runner runner = new Runner(
                bus,
                new RunnerSettings(settings.pools(), RunnerSettings.DEFAULT.concurrency()),
                new JavaTools(java),
                List.of(
                        new HttpTools(web, time, egress),
                        new ScriptTools(ScriptSettings.DEFAULT),
                        new SubprocessTools(SubprocessSettings.DEFAULT.allowing(
                                settings.allowed().commands())),
                        new McpTools(servers)),
                new Surroundings(
                        new VirtualThreads(bus, time, Secrets.of(vault)),
                        time,
                        Thread::startVirtualThread,
                        new ExecutionLog().and(metrics)));
        metrics.watch(runner, bus);
        instruments.watch("runner", runner::health);
        LocalRunner started = new LocalRunner(bus, new Held(time, runner, servers, vault), settings.pools());
        try {
            runner.joined().get(JOINED_WITHIN_SECONDS, TimeUnit.SECONDS);
            if (runner.leftOut().isEmpty()) {
                started.bringMcpTools();
            }
            return new Opened.Running<>(started);
        } catch (ExecutionException e) {
            if (!runner.leftOut().isEmpty()) {
                return new Opened.Running<>(started); // others may serve the pool, and people can mend the catalogue
            }
            started.close();
            return new Opened.Refused<>(new Fault.NotStarted("the tools-runner", String.valueOf(e.getCause())));
        } catch (TimeoutException e) {
            String missing = String.join("; ", bus.readiness().missing());
            started.close();
            return new Opened.Refused<>(new Fault.NotStarted(
                    "the tools-runner", "not ready within " + JOINED_WITHIN_SECONDS + " s: " + missing));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            started.close();
            return new Opened.Refused<>(new Fault.NotStarted("the tools-runner", "interrupted"));
        }
    }

    private void bringMcpTools() throws InterruptedException {
        try {
            imports.start().get(MCP_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.warn("not all MCP servers answered within {} s: it goes on without them", MCP_WITHIN_SECONDS);
        } catch (ExecutionException e) {
            LOG.warn("the tools of MCP servers were not imported", e);
        }
    }

    /** How it stands with each MCP server, one line each. */
    List<String> mcpStates() {
        if (!runner.leftOut().isEmpty()) {
            return servers.names().stream()
                    .map(name -> name + ": not imported while a pool is left out")
                    .toList();
        }
        Map<String, String> states = imports.states();
        return servers.names().stream()
                .map(name -> name + ": " + states.getOrDefault(name, "is still connecting"))
                .toList();
    }

    /** What keeps it from executing what it was meant to, one sentence each. */
    List<String> warnings() {
        return runner.leftOut().entrySet().stream()
                .map(pool ->
                        "pool '" + pool.getKey() + "' is not served here: " + pool.getValue() + "; then start again")
                .toList();
    }

    @Override
    public String toString() {
        Set<String> served = new TreeSet<>(pools);
        served.removeAll(runner.leftOut().keySet());
        return (served.isEmpty() ? "serves no pool" : "pools " + String.join(", ", served)) + "; "
                + runner.toolbox().all().count() + " tools";
    }

    @Override
    public void close() {
        runner.close();
        servers.close();
        held.vault().close();
        held.time().close();
    }
}
