package io.breadcrumbs.sdk.workflow.definition;

import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.template.Template;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a step does. */
public sealed interface Work {

    /** Asks for a tool. */
    record Tool(String tool, @Nullable String version, Template input) implements Work {}

    /** Starts another workflow, stored under a name or written here, and waits until it is over. */
    record Child(@Nullable String name, @Nullable Json definition, Template input) implements Work {}

    /**
     * Does the same for each element of a list; gives the list of results, in order.
     *
     * @param each a tool or another workflow; its templates may refer to {@code item} and {@code index}
     * @param concurrency how many elements at once
     */
    record ForEach(Template over, Work each, int concurrency) implements Work {}

    /** Takes the first branch whose condition holds, and leaves out the steps of the others. */
    record Choice(List<Branch> branches) implements Work {

        public Choice {
            branches = List.copyOf(branches);
        }
    }

    /** A branch of a choice; one without a condition is always taken. */
    record Branch(@Nullable Condition when, List<String> steps) {

        public Branch {
            steps = List.copyOf(steps);
        }
    }

    /**
     * Waits until somebody sends this signal; gives its payload.
     *
     * @param correlation what the signal must carry; absent: anything will do
     */
    record Signal(String name, @Nullable Template correlation) implements Work {}

    /** Waits until a time, or for a while; one of the two is given. A time is text in ISO-8601, or milliseconds. */
    record Sleep(@Nullable Template until, @Nullable Template time) implements Work {}

    /**
     * Waits until somebody approves, rejects or changes what is shown.
     *
     * @param title what they are asked, a text
     * @param shown what is to be decided about; approved, it is the step's output
     * @param onExpiry what counts when nobody has decided in time
     */
    record Approval(Template title, Template shown, Expiry onExpiry) implements Work {}

    /** What counts when nobody has decided in time. */
    enum Expiry {
        FAIL,
        APPROVE,
        REJECT
    }

    /** Gives a task to an agent in a role. */
    record Agent(String role, Template task) implements Work {}
}
