package io.breadcrumbs.engine.coordinator;

import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonNull;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.json.JsonString;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Place;
import io.breadcrumbs.sdk.workflow.run.Run;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether steps are given what the journal says, and completed by answers to what the journal has asked. The
 * simulation's workflows say in each input where it is from, and its tools answer with what they were asked.
 */
final class Results {

    /** The field of an input that is the run's own. */
    static final String IN = "in";
    /** The field of an input that is the output of the step that {@link #OF} names. */
    static final String FROM = "from";

    static final String OF = "of";

    private static final String ID = "id";
    private static final String INPUT = "input";

    private final Consumer<String> bad;
    private final Map<Attempt, Event.Request> asked = new HashMap<>();
    private int used;

    private record Attempt(String runId, Place at, int attempt) {}

    Results(Consumer<String> bad) {
        this.bad = bad;
    }

    /** What a tool answers that succeeds. */
    static String answer(String requestId, String by, String input) {
        return "{\"" + ID + "\":\"" + requestId + "\",\"by\":\"" + by + "\",\"" + INPUT + "\":" + input + "}";
    }

    /** How often a step was given what another one gave. */
    int used() {
        return used;
    }

    /** An event that counts, before the run takes it. */
    void counts(Run run, Event event) {
        switch (event) {
            case Event.Asked one -> {
                asked.put(new Attempt(run.id(), one.at(), one.attempt()), one.request());
                given(run, one.request().input(), event);
            }
            case Event.Undoing undoing -> given(run, undoing.request().input(), event);
            case Event.Called called -> given(run, called.child().input(), event);
            case Event.Completed completed -> completed(run, completed);
            default -> {}
        }
    }

    private void given(Run run, Value input, Event event) {
        if (!(input.json() instanceof JsonObject object)) {
            return;
        }
        Json of = object.get(OF);
        Json expected = object.get(IN) != null ? run.input().json() : null;
        if (of instanceof JsonString(String step)) {
            Value output = run.step(step).output();
            expected = output == null ? new JsonNull() : output.json();
            used += output == null ? 0 : 1;
        }
        Json got = of == null ? object.get(IN) : object.get(FROM);
        if (expected != null && !expected.equals(got)) {
            bad.accept(run.id() + " gives a step what the journal does not have: " + event);
        }
    }

    private void completed(Run run, Event.Completed completed) {
        Event.Request request = asked.get(new Attempt(run.id(), completed.at(), completed.attempt()));
        if (request == null) {
            return;
        }
        Json id = field(completed.output(), ID);
        Json input = field(completed.output(), INPUT);
        if (!Json.of(request.id()).equals(id) || !request.input().json().equals(input)) {
            bad.accept(
                    run.id() + " takes the answer to what the journal never asked: " + completed + " for " + request);
        }
    }

    private static @Nullable Json field(@Nullable Value output, String name) {
        return output != null && output.json() instanceof JsonObject object ? object.get(name) : null;
    }
}
