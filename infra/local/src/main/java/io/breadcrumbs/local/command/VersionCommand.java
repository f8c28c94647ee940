package io.breadcrumbs.local.command;

import io.breadcrumbs.local.platform.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says which version this is. */
@Command(name = "version", description = "Prints the version of the platform and of the JVM.")
final class VersionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().println("breadcrumbs " + Version.current() + ", java " + Runtime.version());
        return ExitCode.OK;
    }
}
