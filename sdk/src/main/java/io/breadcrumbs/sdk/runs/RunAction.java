package io.breadcrumbs.sdk.runs;

import io.breadcrumbs.sdk.workflow.run.RunStatus;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What one run can be asked for as well as many. */
public enum RunAction {
    CANCEL,
    PAUSE,
    RESUME,
    RETRY,
    DELETE;

    /** The action of this word; empty for one that nobody knows. */
    public static Optional<RunAction> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }

    /** As people and programs write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How a run stands for which it makes sense. */
    public Set<RunStatus> suits() {
        return switch (this) {
            case CANCEL -> EnumSet.of(RunStatus.RUNNING, RunStatus.PAUSED);
            case PAUSE -> EnumSet.of(RunStatus.RUNNING);
            case RESUME -> EnumSet.of(RunStatus.PAUSED);
            case RETRY -> EnumSet.of(RunStatus.FAILED, RunStatus.PARTIAL, RunStatus.CANCELLED);
            case DELETE -> EnumSet.complementOf(EnumSet.of(RunStatus.RUNNING, RunStatus.PAUSED));
        };
    }

    /**
     * Asks it of a run.
     *
     * @param reason of a cancel, for people
     */
    public CompletableFuture<Asked> ask(Runs runs, String runId, String reason) {
        return switch (this) {
            case CANCEL -> runs.cancel(runId, reason);
            case PAUSE -> runs.pause(runId);
            case RESUME -> runs.resume(runId);
            case RETRY -> runs.retry(runId);
            case DELETE -> runs.delete(runId);
        };
    }
}
