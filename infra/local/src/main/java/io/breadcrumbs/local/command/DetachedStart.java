package io.breadcrumbs.local.command;

import io.breadcrumbs.local.console.DataOption;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.data.PlatformState;
import io.breadcrumbs.local.platform.PlatformJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** Starts the platform in a process of its own, passes on what it says, and leaves when it is ready. */
final class DetachedStart {

    private final DataOption data;
    private final PrintWriter out;
    private final PrintWriter err;

    DetachedStart(DataOption data, PrintWriter out, PrintWriter err) {
        this.data = data;
        this.out = out;
        this.err = err;
    }

    int run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = PlatformJvm.command("io.breadcrumbs.local.Crumb", arguments);
        // The child's output is a pipe until it is ready; what it says later goes to its log.
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        child.getOutputStream().close();
        try (BufferedReader lines = child.inputReader()) {
            String line = lines.readLine();
            while (line != null) {
                (line.startsWith("crumb: ") ? err : out).println(line);
                out.flush();
                if (line.startsWith("ready ")) {
                    out.println("runs in process " + child.pid() + ", log "
                            + data.folder().resolve(PlatformState.LOG) + "; stop it with './crumb down" + data.spelled()
                            + "'");
                    return ExitCode.OK;
                }
                line = lines.readLine();
            }
        }
        return child.waitFor() == 0 ? ExitCode.FAILED : child.exitValue();
    }
}
