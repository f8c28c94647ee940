package io.breadcrumbs.local.console;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which data folder is meant. */
public final class DataOption {

    /** The project's root, which the script passes on; relative paths of a user are relative to where he stands. */
    private static final Path DEFAULT =
            Path.of(System.getProperty("crumb.root", "")).resolve(".crumb/data");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the platform's data; .crumb/data under the project's root unless given.")
    private Path data = DEFAULT;

    /** What a command line has to say for the same folder: nothing for the usual one. */
    public String spelled() {
        return data.equals(DEFAULT) ? "" : " --data " + folder();
    }

    public Path folder() {
        return data.toAbsolutePath().normalize();
    }
}
