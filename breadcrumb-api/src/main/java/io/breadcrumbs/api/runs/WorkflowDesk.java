package io.breadcrumbs.api.runs;

import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.api.rest.BreadcrumbStore;
import io.breadcrumbs.schemas.Breadcrumb;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.condition.CelConditions;
import io.breadcrumbs.sdk.runs.StoredWorkflows;
import io.breadcrumbs.sdk.runs.StoredWorkflows.Stored;
import io.breadcrumbs.sdk.workflow.definition.Conditions;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What callers ask of workflows that are stored under names, in their name and their workspace. Blocks. */
public final class WorkflowDesk {

    private final Bus bus;
    private final Named stored;
    private final Conditions conditions = new CelConditions();

    public WorkflowDesk(Bus bus, BreadcrumbStore store) {
        this.bus = bus;
        stored = new Named(store, StoredWorkflows.SCHEMA);
    }

    /** The newest version of each workflow that is stored in the caller's workspace, by name. */
    public List<Stored> all(Caller caller) {
        return stored.all(caller).stream()
                .map(StoredWorkflows::of)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparing(Stored::name))
                .toList();
    }

    /**
     * A stored workflow.
     *
     * @param version null: the newest
     */
    public Stored find(Caller caller, String name, @Nullable Integer version) {
        Stored found = version == null ? newest(caller, name) : version(caller, name, version);
        if (found == null) {
            throw new ProblemException(
                    ProblemCode.NOT_FOUND,
                    "expected the name of a workflow that is stored in workspace " + caller.workspace() + ", got "
                            + name + (version == null ? "" : " of version " + version));
        }
        return found;
    }

    private @Nullable Stored newest(Caller caller, String name) {
        Breadcrumb there = stored.find(caller, StoredWorkflows.id(caller.workspace(), name));
        return there == null ? null : StoredWorkflows.of(there);
    }

    private @Nullable Stored version(Caller caller, String name, int version) {
        return Waiting.within(
                StoredWorkflows.version(bus, caller.workspace(), name, version, Thread::startVirtualThread),
                "the stored workflows");
    }

    /** Stores a workflow as the next version of its name, which it returns. */
    public int save(Caller caller, String name, @Nullable String body) {
        StartBody.name(name);
        String definition = StartBody.definition(body, conditions).source().toString();
        String workspace = caller.workspace();
        return stored.put(
                        caller,
                        StoredWorkflows.creation(workspace, name, definition),
                        StoredWorkflows.next(workspace, name, definition))
                .version();
    }

    /** Takes all versions of a workflow away, which who has not stored the first of them may do as a curator only. */
    public void delete(Caller caller, String name) {
        find(caller, name, null);
        stored.change(caller, StoredWorkflows.deletion(caller.workspace(), name));
    }
}
