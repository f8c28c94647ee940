package io.breadcrumbs.local.desk;

import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.sdk.runs.StoredWorkflows.Stored;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Workflows that are stored under names. */
public interface WorkflowDesk {

    /** The newest version of each, by name. */
    List<Stored> all() throws InterruptedException, TimeoutException;

    /**
     * One of them; ends the command if there is none.
     *
     * @param version null: the newest
     */
    Stored find(String name, @Nullable Integer version) throws InterruptedException, TimeoutException;

    /** Stores one as the next version of its name, which it returns. */
    int save(String name, String definition) throws InterruptedException;

    /** Takes one away, with all its versions; ends the command if there is none. */
    void delete(String name) throws InterruptedException;

    /**
     * What ends a command that there is no such workflow for.
     *
     * @param version null: none was asked for
     */
    static FailureException none(String name, @Nullable Integer version) {
        return new FailureException(
                ExitCode.FAILED,
                "no workflow '" + name + "'" + (version == null ? "" : " of version " + version)
                        + "; './crumb workflow list' lists them");
    }
}
