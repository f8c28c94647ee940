package io.breadcrumbs.local.desk;

import io.breadcrumbs.sdk.runs.RunAction;
import org.jspecify.annotations.Nullable;

/** Something that a run is asked for. Values are JSON. */
public sealed interface Wish {

    /** What many runs can be asked for as well; the reason is that of a cancel, for people. */
    record Act(RunAction action, String reason) implements Wish {}

    /** A signal; {@code about} is what it is about, null if nothing. */
    record Signal(String name, @Nullable String about, String payload) implements Wish {}

    /** A yes; {@code changed} is approved instead of what was shown, null: what was shown. */
    record Approve(String step, @Nullable String changed) implements Wish {}

    /** A no. */
    record Reject(String step) implements Wish {}
}
