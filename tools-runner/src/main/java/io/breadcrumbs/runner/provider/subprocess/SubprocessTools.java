package io.breadcrumbs.runner.provider.subprocess;

import io.breadcrumbs.runner.provider.Executable;
import io.breadcrumbs.runner.provider.Provider;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.ToolKind;
import io.breadcrumbs.schemas.ToolLimits;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.Values;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Tools that are commands: their definition's source is {@code {"command": ["/path/to/file", "argument", …]}}. No shell
 * sees it. Any thread.
 */
public final class SubprocessTools implements Provider {

    private final SubprocessSettings settings;
    private final Semaphore free;

    /** What a definition's source says, as it stands there. */
    record Source(@Nullable List<@Nullable String> command) {}

    public SubprocessTools(SubprocessSettings settings) {
        this.settings = settings;
        this.free = new Semaphore(settings.atOnce(), true);
    }

    @Override
    public ToolKind kind() {
        return ToolKind.SUBPROCESS;
    }

    @Override
    public Executable prepare(ToolDefinition definition) throws ToolFailure {
        List<String> command = command(definition.getSource());
        demandAllowed(command.getFirst());
        ToolLimits limits = definition.getLimits();
        if (limits == null) {
            return new Subprocess(command, List.of(), settings.outputBytes(), free);
        }
        demandNone("cpuMs", limits.getCpuMs());
        demandNone("memoryBytes", limits.getMemoryBytes());
        demandNone("hosts", limits.getHosts().isEmpty() ? null : limits.getHosts());
        return new Subprocess(command, List.copyOf(limits.getSecrets()), outputBytes(limits), free);
    }

    private static List<String> command(@Nullable String source) throws ToolFailure {
        List<@Nullable String> command = source == null ? null : Values.read(source, Source.class).command;
        if (command == null || command.isEmpty() || command.stream().anyMatch(Objects::isNull)) {
            throw ToolFailure.invalid(
                    "source.command", "expected {\"command\": [\"/path/to/file\", \"argument\"]}, got no such list");
        }
        return command.stream().map(Objects::requireNonNull).toList();
    }

    private void demandAllowed(String file) throws ToolFailure {
        boolean allowed;
        try {
            allowed = settings.commands().contains(Path.of(file).normalize());
        } catch (InvalidPathException e) {
            throw ToolFailure.invalid("source.command", "expected the path of a file, got " + e.getMessage());
        }
        if (!allowed) {
            throw ToolFailure.of(
                    ErrorKind.PERMISSION,
                    "COMMAND",
                    "this runner may not run '" + file + "': whoever operates it has to allow that command, by its"
                            + " absolute path");
        }
    }

    /** A limit that nobody would keep is worse than none. */
    private static void demandNone(String name, @Nullable Object limit) throws ToolFailure {
        if (limit != null) {
            throw ToolFailure.invalid(
                    "limits." + name, "expected none, since a subprocess is not held to it, got " + limit);
        }
    }

    private long outputBytes(ToolLimits limits) throws ToolFailure {
        Long bytes = limits.getOutputBytes();
        if (bytes == null) {
            return settings.outputBytes();
        }
        if (bytes < 1) {
            throw ToolFailure.invalid("limits.outputBytes", "expected 1 or more, got " + bytes);
        }
        return Math.min(bytes, settings.outputBytes());
    }
}
