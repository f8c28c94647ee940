package io.breadcrumbs.local.desk;

import org.jspecify.annotations.Nullable;

/**
 * A platform, as commands ask it. Whatever cannot be done ends the command with a
 * {@link io.breadcrumbs.local.console.FailureException}; all methods block.
 */
public interface Desk extends AutoCloseable {

    RunDesk runs();

    WorkflowDesk workflows();

    ScheduleDesk schedules();

    ToolDesk tools();

    /**
     * The keys of a workspace.
     *
     * @param workspace null: the caller's; of who asks the brokers, all
     */
    KeyDesk keys(@Nullable String workspace);

    /**
     * The secrets of a workspace.
     *
     * @param workspace likewise
     */
    SecretDesk secrets(@Nullable String workspace);

    @Override
    void close();
}
