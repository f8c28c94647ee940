package io.breadcrumbs.sdk.workflow.definition;

import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonArray;
import io.breadcrumbs.sdk.workflow.json.JsonNumber;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.json.JsonPlace;
import io.breadcrumbs.sdk.workflow.json.JsonString;
import io.breadcrumbs.sdk.workflow.json.Times;
import io.breadcrumbs.sdk.workflow.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what one step does. */
final class WorkReader {

    private static final Template UNTITLED = Template.constant(Json.of(""));
    private static final int MOST_AT_ONCE = 1_000;
    private static final int USUALLY_AT_ONCE = 100;

    private static final JsonObject NO_INPUT = JsonObject.builder().build();

    private static final Map<String, Work.Expiry> EXPIRIES = Map.of(
            "fail", Work.Expiry.FAIL,
            "approve", Work.Expiry.APPROVE,
            "reject", Work.Expiry.REJECT);

    /** Where a tool or workflow stands, which decides what its input may refer to. */
    private enum Part {
        STEP,
        EACH,
        COMPENSATION
    }

    private final References references;

    WorkReader(References references) {
        this.references = references;
    }

    Work.Tool tool(Fields fields) {
        return tool(fields, Part.STEP);
    }

    private Work.Tool tool(Fields fields, Part part) {
        @Nullable Json value = fields.get("tool");
        @Nullable String tool = null;
        if (value == null || isBlank(value)) {
            String others = part == Part.STEP ? ", or one of workflow, map, choice, wait, approval, role" : "";
            fields.fault(
                    Fault.Code.NO_TOOL, fields.place(), "expected a field 'tool' with the name of a tool" + others);
        } else {
            tool = fields.text("tool");
        }
        return new Work.Tool(tool == null ? "" : tool, fields.version("version"), input(fields, part));
    }

    private static boolean isBlank(Json value) {
        return value instanceof JsonString(String text) && text.isBlank();
    }

    private Template input(Fields fields, Part part) {
        return switch (part) {
            case STEP -> references.template(fields, "input", NO_INPUT);
            case EACH -> references.templateInMap(fields, "input", NO_INPUT);
            case COMPENSATION -> references.templateAfterwards(fields, "input", NO_INPUT);
        };
    }

    /** What undoes a step; null if nothing does. */
    Work.@Nullable Tool compensation(Fields fields) {
        @Nullable Fields compensate = object(fields, "compensate", "{\"tool\", \"input\"}");
        if (compensate == null) {
            return null;
        }
        compensate.allow(Set.of("tool", "version", "input"), "a compensation");
        return tool(compensate, Part.COMPENSATION);
    }

    Work.Agent agent(Fields fields) {
        String role = fields.requiredText("role", "a task");
        @Nullable Json task = fields.get("task");
        if (task == null || isBlank(task)) {
            fields.fault(
                    Fault.Code.NO_TASK, fields.place(), "expected a field 'task' that says what the role is to do");
        } else if (!(task instanceof JsonString)) {
            fields.bad("task", "a text", task);
        }
        return new Work.Agent(role, references.template(fields, "task", Json.of("")));
    }

    Work.Child child(Fields fields) {
        return child(fields, Part.STEP);
    }

    private Work.Child child(Fields fields, Part part) {
        Template input = input(fields, part);
        @Nullable Json workflow = fields.get("workflow");
        if (workflow instanceof JsonObject || workflow instanceof JsonArray) {
            Definitions.check(workflow, fields, references.known().conditions());
            return new Work.Child(null, workflow, input);
        }
        String name = fields.requiredText("workflow", "a child workflow");
        return new Work.Child(name, null, input);
    }

    Work.ForEach map(Fields fields) {
        @Nullable Fields map = object(fields, "map", "{\"over\", \"step\"}");
        if (map == null) {
            return new Work.ForEach(
                    Template.constant(Json.array()), new Work.Agent("", Template.constant(Json.nothing())), 1);
        }
        map.allow(Set.of("over", "step", "concurrency"), "a map");
        if (!map.has("over")) {
            map.fault(Fault.Code.MISSING_FIELD, map.place(), "a map needs a field 'over' with a list");
        }
        Template over = references.template(map, "over", Json.array());
        if (over.roots().isEmpty() && !(over.source() instanceof JsonArray)) {
            map.bad("over", "a list, or a reference to one", over.source());
        }
        return new Work.ForEach(over, each(map), map.count("concurrency", MOST_AT_ONCE, USUALLY_AT_ONCE));
    }

    private Work each(Fields map) {
        @Nullable Fields each = object(map, "step", "{\"tool\", \"input\"} or {\"workflow\", \"input\"}");
        if (each == null) {
            if (!map.has("step")) {
                map.fault(
                        Fault.Code.MISSING_FIELD, map.place(), "a map needs a field 'step' with a tool or a workflow");
            }
            return new Work.Tool("", null, Template.constant(NO_INPUT));
        }
        if (each.has("workflow") && !each.has("tool")) {
            each.allow(Set.of("workflow", "input"), "a workflow within a map");
            return child(each, Part.EACH);
        }
        each.allow(Set.of("tool", "version", "input"), "a tool within a map");
        return tool(each, Part.EACH);
    }

    Work.Choice choice(Fields fields) {
        List<Work.Branch> branches = new ArrayList<>();
        @Nullable Json value = fields.get("choice");
        if (!(value instanceof JsonArray array) || array.size() == 0) {
            fields.bad("choice", "a list of branches {\"when\", \"steps\"}", value == null ? Json.nothing() : value);
            return new Work.Choice(branches);
        }
        for (int i = 0; i < array.size(); i++) {
            JsonPlace place = fields.place().field("choice").element(i);
            if (array.get(i) instanceof JsonObject branch) {
                branches.add(branch(fields.within(branch, place), i == array.size() - 1));
            } else {
                fields.bad(place, "a branch {\"when\", \"steps\"}", array.get(i));
            }
        }
        return new Work.Choice(branches);
    }

    private Work.Branch branch(Fields fields, boolean last) {
        fields.allow(Set.of("when", "steps"), "a branch");
        if (!fields.has("when") && !last) {
            fields.fault(
                    Fault.Code.MISSING_FIELD, fields.place(), "only the last branch may do without a field 'when'");
        }
        if (!fields.has("steps")) {
            fields.fault(Fault.Code.MISSING_FIELD, fields.place(), "a branch needs a field 'steps' with ids of steps");
        }
        List<String> steps = fields.texts("steps").stream()
                .distinct()
                .filter(step -> references.mayName(step, fields, fields.place().field("steps")))
                .toList();
        return new Work.Branch(references.condition(fields, "when"), steps);
    }

    Work waiting(Fields fields) {
        @Nullable Json value = fields.get("wait");
        if (value instanceof JsonString || value instanceof JsonNumber) {
            return pause(fields, "wait");
        }
        @Nullable Fields wait = object(fields, "wait", "a duration, {\"signal\"}, {\"until\"} or {\"for\"}");
        if (wait == null) {
            return new Work.Sleep(null, Template.constant(Json.of(0)));
        }
        if (wait.has("signal")) {
            wait.allow(Set.of("signal", "correlation"), "a wait for a signal");
            String name = wait.requiredText("signal", "a wait");
            boolean correlated = wait.has("correlation");
            return new Work.Signal(name, correlated ? references.template(wait, "correlation", Json.nothing()) : null);
        }
        if (wait.has("until")) {
            wait.allow(Set.of("until"), "a wait until a time");
            Template until = references.template(wait, "until", Json.of(0));
            if (until.roots().isEmpty() && Times.instant(until.source()) == null) {
                wait.bad("until", Times.INSTANTS, until.source());
            }
            return new Work.Sleep(until, null);
        }
        wait.allow(Set.of("for", "until", "signal", "correlation"), "a wait");
        if (!wait.has("for")) {
            wait.fault(Fault.Code.MISSING_FIELD, wait.place(), "a wait needs a field 'signal', 'until' or 'for'");
        }
        return pause(wait, "for");
    }

    private Work.Sleep pause(Fields fields, String name) {
        Template time = references.template(fields, name, Json.of(0));
        if (time.roots().isEmpty() && Times.duration(time.source()) == null) {
            fields.bad(name, Times.DURATIONS, time.source());
        }
        return new Work.Sleep(null, time);
    }

    Work.Approval approval(Fields fields) {
        @Nullable Fields approval = object(fields, "approval", "{\"title\", \"show\"}");
        if (approval == null) {
            return new Work.Approval(UNTITLED, Template.constant(Json.nothing()), Work.Expiry.FAIL);
        }
        approval.allow(Set.of("title", "show", "expires", "onExpiry"), "an approval");
        if (approval.has("expires") && fields.has("timeout")) {
            approval.fault(
                    Fault.Code.BAD_VALUE, "expires", "expected either 'expires' or the step's 'timeout', got both");
        }
        Work.@Nullable Expiry onExpiry = approval.oneOf("onExpiry", EXPIRIES);
        boolean titled = !approval.requiredText("title", "an approval").isEmpty();
        return new Work.Approval(
                titled ? references.template(approval, "title", Json.nothing()) : UNTITLED,
                references.template(approval, "show", Json.nothing()),
                onExpiry == null ? Work.Expiry.FAIL : onExpiry);
    }

    private static @Nullable Fields object(Fields fields, String name, String expected) {
        @Nullable Json value = fields.get(name);
        if (value instanceof JsonObject object) {
            return fields.within(object, fields.place().field(name));
        }
        if (value != null) {
            fields.bad(name, expected, value);
        }
        return null;
    }
}
