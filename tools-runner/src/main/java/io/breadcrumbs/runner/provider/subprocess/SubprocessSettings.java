package io.breadcrumbs.runner.provider.subprocess;

import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What subprocess tools may do on a runner.
 *
 * @param commands files that they may run, with any arguments: whoever may publish a tool can use all that these can
 *     do, so that a shell or an interpreter here allows everything
 * @param atOnce subprocesses that run at once; the others wait for one to end
 * @param outputBytes size of the output, unless a tool's limits say less
 */
public record SubprocessSettings(Set<Path> commands, int atOnce, long outputBytes) {

    /** No command; eight at once, and an output of 1 MB. */
    public static final SubprocessSettings DEFAULT = new SubprocessSettings(Set.of(), 8, 1L << 20);

    public SubprocessSettings {
        for (Path command : commands) {
            if (!command.isAbsolute()) {
                throw new IllegalArgumentException("commands: expected absolute paths, got " + command);
            }
        }
        commands = commands.stream().map(Path::normalize).collect(Collectors.toUnmodifiableSet());
        if (atOnce < 1) {
            throw new IllegalArgumentException("atOnce: expected 1 or more, got " + atOnce);
        }
        if (outputBytes < 1) {
            throw new IllegalArgumentException("outputBytes: expected 1 or more, got " + outputBytes);
        }
    }

    /** The same with these commands. */
    public SubprocessSettings allowing(Set<Path> other) {
        return new SubprocessSettings(other, atOnce, outputBytes);
    }
}
