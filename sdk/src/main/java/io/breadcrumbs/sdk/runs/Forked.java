package io.breadcrumbs.sdk.runs;

import io.breadcrumbs.sdk.workflow.run.RunError;

/** What became of a {@link Fork}. */
public sealed interface Forked {

    /** It is durable. */
    record Published(Asked asked) implements Forked {}

    /** It makes no sense, or is too large: nothing was published. */
    record Refused(RunError why) implements Forked {}
}
