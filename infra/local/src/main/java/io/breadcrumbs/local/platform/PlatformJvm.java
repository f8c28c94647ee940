package io.breadcrumbs.local.platform;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JVM that a platform runs in: with the flags that the script gives, and the class path of this process. */
public final class PlatformJvm {

    /** Where the script did not start this process. */
    private static final List<String> FLAGS = List.of(
            "-Xms64m",
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:MinHeapFreeRatio=20",
            "-XX:MaxHeapFreeRatio=40", // what a burst has taken is given back
            "-XX:-ShrinkHeapInSteps",
            "-XX:+ExitOnOutOfMemoryError", // a process that has lost some of its threads is worse than none
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private PlatformJvm() {}

    /** The command that runs a class in such a JVM. */
    public static List<String> command(String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags(System.getProperty("crumb.platform.flags")));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(arguments);
        return command;
    }

    /** Flags stand on lines of their own, since folders may have spaces in their names. */
    static List<String> flags(@Nullable String given) {
        return given == null
                ? FLAGS
                : given.lines().filter(line -> !line.isBlank()).toList();
    }
}
