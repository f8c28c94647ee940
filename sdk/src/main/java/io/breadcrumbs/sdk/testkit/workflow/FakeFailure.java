package io.breadcrumbs.sdk.testkit.workflow;

import io.breadcrumbs.sdk.workflow.run.RunError;

/** An error that a fake tool answers with. */
public final class FakeFailure extends Exception {

    private static final long serialVersionUID = 1;

    private final transient RunError error;

    private FakeFailure(RunError error) {
        super(error.message());
        this.error = error;
    }

    public static FakeFailure of(RunError error) {
        return new FakeFailure(error);
    }

    /** A failure after which a retry can help. */
    public static FakeFailure retryable(String message) {
        return new FakeFailure(new RunError(RunError.RUNTIME, "FAKE", message, true));
    }

    /** A failure that will stay. */
    public static FakeFailure lasting(String message) {
        return new FakeFailure(new RunError(RunError.RUNTIME, "FAKE", message, false));
    }

    RunError error() {
        return error;
    }
}
