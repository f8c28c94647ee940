package io.breadcrumbs.sdk.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.schemas.Trigger;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** When a tool is asked for without anybody asking, for people and programs: what counts for a trigger of its kind. */
public final class TriggerJson {

    private static final List<String> ALWAYS = List.of("name", "kind", "input");

    private TriggerJson() {}

    /** With the names that {@code tool.v1} gives its fields. */
    public static ObjectNode of(Trigger trigger) {
        Set<String> ofItsKind = switch (trigger.getKind()) {
            case SELECTOR -> Set.of("selector");
            case CRON -> Set.of("cron", "timeZone", "missed");
            case BOOTSTRAP -> Set.of("priority");
            case CONTINUOUS, UNKNOWN -> Set.of();
        };
        return whole(trigger)
                .retain(Stream.concat(ALWAYS.stream(), ofItsKind.stream()).toList());
    }

    private static ObjectNode whole(Trigger trigger) {
        try {
            return (ObjectNode) Values.parse(trigger.toString());
        } catch (ToolFailure e) {
            throw new IllegalStateException("expected Avro to print JSON, got " + trigger, e);
        }
    }
}
