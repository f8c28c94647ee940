package io.breadcrumbs.local;

import io.breadcrumbs.local.command.CrumbCommand;

/** Main class of the command line. */
public final class Crumb {

    private Crumb() {}

    public static void main(String[] arguments) {
        System.exit(CrumbCommand.run(arguments));
    }
}
