package io.breadcrumbs.api.runs;

import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.breadcrumb.Answer;
import io.breadcrumbs.sdk.breadcrumb.Breadcrumbs;
import io.breadcrumbs.sdk.condition.CelConditions;
import io.breadcrumbs.sdk.runs.StoredWorkflows;
import io.breadcrumbs.sdk.runs.StoredWorkflows.Stored;
import io.breadcrumbs.sdk.workflow.definition.Conditions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What callers ask of workflows that are stored under names, in their name and their workspace. Blocks. */
public final class WorkflowDesk {

    private final Bus bus;
    private final StoredWorkflows stored;
    private final Breadcrumbs breadcrumbs;
    private final Conditions conditions = new CelConditions();

    public WorkflowDesk(Bus bus, StoredWorkflows stored, Breadcrumbs breadcrumbs) {
        this.bus = bus;
        this.stored = stored;
        this.breadcrumbs = breadcrumbs;
    }

    /** The newest version of each workflow that is stored in the caller's workspace. */
    public List<Stored> all(Caller caller) {
        return stored.all(caller.workspace());
    }

    /**
     * A stored workflow.
     *
     * @param version null: the newest
     */
    public Stored find(Caller caller, String name, @Nullable Integer version) {
        Stored found = version == null
                ? stored.find(caller.workspace(), name)
                : Waiting.within(
                        StoredWorkflows.version(bus, caller.workspace(), name, version, Thread::startVirtualThread),
                        "the stored workflows");
        if (found == null) {
            throw new ProblemException(
                    ProblemCode.NOT_FOUND,
                    "expected the name of a workflow that is stored in workspace " + caller.workspace() + ", got "
                            + name + (version == null ? "" : " of version " + version));
        }
        return found;
    }

    /** Stores a workflow as the next version of its name, which it returns. */
    public int save(Caller caller, String name, @Nullable String body) {
        StartBody.name(name);
        String definition = StartBody.definition(body, conditions).source().toString();
        Answer answer = Waiting.within(
                StoredWorkflows.save(breadcrumbs, caller.workspace(), name, definition, caller.name()),
                "the answer of the owner of breadcrumbs");
        return switch (answer) {
            case Answer.Done done -> done.version();
            case Answer.Refused refused -> throw new ProblemException(ProblemCode.INVALID, refused.message());
        };
    }
}
