package io.breadcrumbs.local.desk;

/**
 * A platform, as commands ask it. Whatever cannot be done ends the command with a
 * {@link io.breadcrumbs.local.console.FailureException}; all methods block.
 */
public interface Desk extends AutoCloseable {

    RunDesk runs();

    WorkflowDesk workflows();

    ScheduleDesk schedules();

    ToolDesk tools();

    @Override
    void close();
}
