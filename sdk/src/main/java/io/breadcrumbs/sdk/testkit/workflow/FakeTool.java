package io.breadcrumbs.sdk.testkit.workflow;

import io.breadcrumbs.sdk.workflow.json.Json;

/** What stands in for a tool. */
@FunctionalInterface
public interface FakeTool {

    /** Its output; a {@link FakeFailure} is its error. */
    Json execute(Json input) throws FakeFailure;

    /** A tool that always gives this. */
    static FakeTool giving(Json output) {
        return _ -> output;
    }

    /** A tool that fails so often with an error that a retry can help, and then does this. */
    static FakeTool failing(int times, FakeTool then) {
        int[] left = {times};
        return input -> {
            if (left[0]-- > 0) {
                throw FakeFailure.retryable("it fails " + (left[0] + 1) + " more times");
            }
            return then.execute(input);
        };
    }
}
