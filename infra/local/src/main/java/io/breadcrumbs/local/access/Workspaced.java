package io.breadcrumbs.local.access;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.reach.OverDesk;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What commands about keys and secrets share: the workspace in which they are. */
abstract class Workspaced extends OverDesk {

    @Option(
            names = "--workspace",
            paramLabel = "NAME",
            description = "The workspace that is meant. Unless given: the one of the caller's key; without --url, the"
                    + " workspace default, and lists show all.")
    private @Nullable String workspace;

    Workspaced(Console console) {
        super(console);
    }

    /** Null if none is named. */
    final @Nullable String workspace() {
        return workspace;
    }
}
