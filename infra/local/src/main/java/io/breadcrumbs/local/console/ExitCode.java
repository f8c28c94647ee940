package io.breadcrumbs.local.console;

/** What the process ends with. Documented in the help of every command. */
public final class ExitCode {

    public static final int OK = 0;

    /** The command was understood and could not be carried out; one line on standard error says why. */
    public static final int FAILED = 1;

    /** The command line is wrong. */
    public static final int USAGE = 2;

    /** No platform answers. */
    public static final int NO_PLATFORM = 3;

    private ExitCode() {}
}
