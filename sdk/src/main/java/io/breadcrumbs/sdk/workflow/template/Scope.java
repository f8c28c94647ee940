package io.breadcrumbs.sdk.workflow.template;

import io.breadcrumbs.sdk.workflow.json.Json;
import org.jspecify.annotations.Nullable;

/** What references mean at the moment. */
@FunctionalInterface
public interface Scope {

    /** The status of a step that was left out: all that is asked of its output or error is null. */
    String LEFT_OUT = "skipped";

    /**
     * The value of a root: {@code input}, {@code item}, {@code index}, {@code run}, or for a step an object with
     * {@code output}, {@code status} and {@code error}; null if there is none.
     */
    @Nullable
    Json root(String name);
}
