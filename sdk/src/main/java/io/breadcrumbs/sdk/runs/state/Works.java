package io.breadcrumbs.sdk.runs.state;

import io.breadcrumbs.sdk.workflow.definition.Step;
import io.breadcrumbs.sdk.workflow.definition.Work;

/** What steps do, in a word or two. */
public final class Works {

    private Works() {}

    public static String of(Step step) {
        return of(step.work());
    }

    private static String of(Work work) {
        return switch (work) {
            case Work.Tool tool -> tool.tool();
            case Work.Child child -> child.name() == null ? "workflow" : "workflow " + child.name();
            case Work.ForEach each -> "map " + of(each.each());
            case Work.Choice _ -> "choice";
            case Work.Signal signal -> "signal " + signal.name();
            case Work.Sleep _ -> "sleep";
            case Work.Approval _ -> "approval";
            case Work.Agent agent -> "agent " + agent.role();
        };
    }
}
