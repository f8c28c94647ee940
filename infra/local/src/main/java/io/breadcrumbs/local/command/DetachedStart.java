package io.breadcrumbs.local.command;

import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.data.PlatformState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts the platform in a process of its own, passes on what it says, and leaves when it is ready. */
final class DetachedStart {

    private final Path data;
    private final PrintWriter out;

    DetachedStart(Path data, PrintWriter out) {
        this.data = data;
        this.out = out;
    }

    int run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(System.getProperty("crumb.platform.flags", "").split(" ")));
        command.removeIf(String::isEmpty);
        command.add("-Dcrumb.root=" + System.getProperty("crumb.root", ""));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.breadcrumbs.local.Crumb"));
        command.addAll(arguments);
        // The child's output is a pipe until it is ready; what it says later goes to its log.
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        child.getOutputStream().close();
        try (BufferedReader lines = child.inputReader()) {
            String line = lines.readLine();
            while (line != null) {
                out.println(line);
                out.flush();
                if (line.startsWith("ready ")) {
                    out.println("runs in process " + child.pid() + ", log " + data.resolve(PlatformState.LOG)
                            + "; stop it with './crumb down'");
                    return ExitCode.OK;
                }
                line = lines.readLine();
            }
        }
        return child.waitFor() == 0 ? ExitCode.FAILED : child.exitValue();
    }
}
