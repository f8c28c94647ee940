package io.breadcrumbs.local.command;

/** What the process ends with. Documented in the help of every command. */
final class ExitCode {

    static final int OK = 0;

    /** The command was understood and could not be carried out; one line on standard error says why. */
    static final int FAILED = 1;

    /** The command line is wrong. */
    static final int USAGE = 2;

    /** No platform answers. */
    static final int NO_PLATFORM = 3;

    private ExitCode() {}
}
