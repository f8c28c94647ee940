package io.breadcrumbs.local.desk.log;

/**
 * A platform's log, as those ask for it who operate it. Whatever cannot be done ends the command with a
 * {@link io.breadcrumbs.local.console.FailureException}; all methods block.
 */
public interface LogDesk extends AutoCloseable {

    TopicDesk topics();

    LetterDesk letters();

    @Override
    void close();
}
