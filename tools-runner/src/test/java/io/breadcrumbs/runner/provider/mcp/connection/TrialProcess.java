package io.breadcrumbs.runner.provider.mcp.connection;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * An MCP server in a process of its own, made with the official library. Into its folder it writes what it reads, and
 * the processes that belong to it.
 */
public final class TrialProcess {

    private static final String READ = "read";
    private static final String PROCESSES = "processes";

    private final Path folder;
    private @Nullable McpSyncServer server;

    private TrialProcess(Path folder) {
        this.folder = folder;
    }

    /** How to start one. */
    public static McpServer.Local in(Path folder) {
        return new McpServer.Local(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                List.of(
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TrialProcess.class.getName(),
                        folder.toString()),
                Map.of("TRIAL", "a ${secret:trial}"),
                folder);
    }

    /** All that was ever written to servers in this folder. */
    public static String read(Path folder) throws IOException {
        Path read = folder.resolve(READ);
        return Files.exists(read) ? Files.readString(read) : "";
    }

    /** The processes of servers in this folder, their children too, that are still alive. */
    public static List<ProcessHandle> alive(Path folder) throws IOException {
        Path processes = folder.resolve(PROCESSES);
        List<String> ids = Files.exists(processes) ? Files.readAllLines(processes) : List.of();
        return ids.stream()
                .flatMap(id -> ProcessHandle.of(Long.parseLong(id)).stream())
                .filter(TrialProcess::isAlive)
                .toList();
    }

    /** Who has ended, and whose end nobody has noticed yet, has no command. */
    static boolean isAlive(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    public static void main(String[] arguments) throws IOException {
        TrialProcess process = new TrialProcess(Path.of(arguments[0]));
        process.note(PROCESSES, ProcessHandle.current().pid() + "\n");
        process.serve();
    }

    private void serve() {
        McpJsonMapper json = new JacksonMcpJsonMapper(JsonMapper.builder().build());
        server = io.modelcontextprotocol.server.McpServer.sync(
                        new StdioServerTransportProvider(json, new Noting(System.in), System.out))
                .jsonMapper(json)
                .serverInfo("trial", "3.1")
                .capabilities(ServerCapabilities.builder().tools(true).build())
                .tools(
                        tool(
                                "echo",
                                (_, request) ->
                                        text(String.valueOf(request.arguments().get("message")))),
                        tool(
                                "fail",
                                (_, _) -> CallToolResult.builder()
                                        .addTextContent("it did not work")
                                        .isError(true)
                                        .build()),
                        tool(
                                "environment",
                                (_, _) -> text(String.join(" ", System.getenv().keySet()) + " " + System.getenv("TRIAL")
                                        + " " + Path.of("").toAbsolutePath())),
                        tool("big", (_, _) -> text("x".repeat(100_000))),
                        tool("hang", this::hang),
                        tool("swap", (_, _) -> swap()),
                        tool("family", (_, _) -> family()),
                        tool("cling", (_, _) -> cling()),
                        tool("die", (_, _) -> die()))
                .build();
    }

    private static SyncToolSpecification tool(
            String name, BiFunction<McpSyncServerExchange, CallToolRequest, CallToolResult> work) {
        Map<String, Object> any = Map.of("type", "object");
        Tool tool = Tool.builder(name, any)
                .description("Does " + name + ".")
                .annotations(ToolAnnotations.builder()
                        .readOnlyHint(name.equals("echo"))
                        .idempotentHint(name.equals("fail"))
                        .build())
                .build();
        return SyncToolSpecification.builder().tool(tool).callHandler(work).build();
    }

    private static CallToolResult text(String text) {
        return CallToolResult.builder().addTextContent(text).build();
    }

    private CallToolResult hang(McpSyncServerExchange exchange, CallToolRequest request) {
        exchange.progressNotification(
                ProgressNotification.builder(request.meta().get("progressToken"), 0.5)
                        .build());
        new CompletableFuture<>().join();
        return text("never");
    }

    private CallToolResult swap() {
        if (server != null) {
            server.removeTool("echo");
            server.addTool(tool("new", (_, _) -> text("new")));
        }
        return text("swapped");
    }

    private CallToolResult family() {
        try {
            Process child = new ProcessBuilder("sleep", "600").start();
            note(PROCESSES, child.pid() + "\n");
            return text("one more");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Does not end when it is asked. */
    private static CallToolResult cling() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> new CompletableFuture<>().join()));
        return text("clings");
    }

    private static CallToolResult die() {
        System.err.println("it dies");
        Runtime.getRuntime().halt(3);
        return text("never");
    }

    private void note(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Writes down what is read. */
    private final class Noting extends FilterInputStream {

        Noting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int count = super.read(into, from, length);
            if (count > 0) {
                note(READ, new String(into, from, count, StandardCharsets.ISO_8859_1));
            }
            return count;
        }
    }
}
