package io.breadcrumbs.local.bench;

import io.breadcrumbs.local.platform.PlatformJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link Companion} in a process of its own, which ends with this one, however this one ends. */
public final class CompanionProcess implements AutoCloseable {

    private static final long CLOSE_SECONDS = 10;

    private final Process process;
    private final String said;

    private CompanionProcess(Process process, String said) {
        this.process = process;
        this.said = said;
    }

    /** Returns when it is ready. */
    public static CompanionProcess start(String... arguments) throws IOException {
        List<String> command = PlatformJvm.command(Companion.class.getName(), List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader lines = process.inputReader();
        String line = lines.readLine();
        while (line != null && !line.startsWith(Companion.READY)) {
            line = lines.readLine();
        }
        if (line == null) {
            process.destroyForcibly();
            throw new IllegalStateException("the benchmark's " + arguments[0] + " did not start");
        }
        return new CompanionProcess(process, line.substring(Companion.READY.length()));
    }

    /** What it said when it was ready. */
    String said() {
        return said;
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
