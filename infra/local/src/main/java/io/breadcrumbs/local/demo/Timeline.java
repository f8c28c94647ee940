package io.breadcrumbs.local.demo;

import io.breadcrumbs.schemas.ResponseStatus;
import io.breadcrumbs.schemas.RunEvent;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.WorkflowCommand;
import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.sdk.Lane;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** The records of a run in the order in which they came to be: when each was published, durable, and how it was got. */
final class Timeline {

    private static final String UNKNOWN = "-";

    private final long began;
    private final Map<String, Hop> hops = new LinkedHashMap<>();

    /** A record and what was seen of it; times are nanoseconds, 0 if it was not seen so. */
    private static final class Hop {
        final SpecificRecord value;
        long published;
        long durable;

        @Nullable
        Lane lane;

        Hop(SpecificRecord value) {
            this.value = value;
        }

        long first() {
            return published == 0 ? durable : published;
        }
    }

    /** @param began when the run was asked for, as {@link System#nanoTime} counts */
    Timeline(long began, List<Sighting> sightings) {
        this.began = began;
        sightings.stream().sorted(Comparator.comparingLong(Sighting::nanos)).forEach(this::add);
    }

    private void add(Sighting sighting) {
        Hop hop = hops.computeIfAbsent(sighting.id(), _ -> new Hop(sighting.value()));
        if (sighting.lane() == null) {
            hop.published = hop.published == 0 ? sighting.nanos() : hop.published;
        } else if (hop.durable == 0) {
            hop.durable = sighting.nanos();
            hop.lane = sighting.lane();
        }
    }

    static String heading() {
        return line("PUBLISHED", "DURABLE", "TAKEN BY", "LANE", "RECORD");
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        hops.values().stream()
                .sorted(Comparator.comparingLong(Hop::first))
                .forEach(hop -> lines.add(
                        line(micros(hop.published), micros(hop.durable), receiver(hop), lane(hop), text(hop.value))));
        return lines;
    }

    private static String line(String published, String durable, String receiver, String lane, String record) {
        return String.format(Locale.ROOT, "%11s  %11s  %-8s  %-5s  %s", published, durable, receiver, lane, record)
                .stripTrailing();
    }

    private String micros(long nanos) {
        return nanos == 0 ? UNKNOWN : String.format(Locale.ROOT, "%,d µs", (nanos - began) / 1_000);
    }

    private static String receiver(Hop hop) {
        return switch (hop.value) {
            case ToolRequest _ -> "runner";
            case WorkflowEvent _ -> "this tail";
            default -> "engine";
        };
    }

    /**
     * How whoever acts on the record got it. Of requests the answer says it. An input about which the decision was
     * under way before it was durable can have come by the eager lane only; of others nobody here can tell.
     */
    private String lane(Hop hop) {
        if (hop.value instanceof WorkflowEvent) {
            return word(hop.lane);
        }
        if (hop.value instanceof ToolRequest request) {
            Hop answer = hops.get("answer/" + request.getRequestId());
            return answer != null && answer.value instanceof ToolResponse response
                    ? response.getLane().name().toLowerCase(Locale.ROOT)
                    : UNKNOWN;
        }
        for (Hop decision : hops.values()) {
            if (decision.value instanceof WorkflowEvent event
                    && new Sighting(hop.value, null, 0).id().equals(event.getInputId())
                    && decision.published != 0
                    && decision.published < hop.durable) {
                return word(Lane.EAGER);
            }
        }
        return UNKNOWN;
    }

    private static String word(@Nullable Lane lane) {
        return lane == null ? UNKNOWN : lane.name().toLowerCase(Locale.ROOT);
    }

    private static String text(SpecificRecord value) {
        return switch (value) {
            case WorkflowCommand command ->
                "command   " + command.getKind().name().toLowerCase(Locale.ROOT);
            case ToolRequest request -> "request   " + request.getStepId() + ": " + request.getTool();
            case ToolResponse answer ->
                "answer    " + step(answer.getRequestId()) + ": "
                        + (answer.getStatus() == ResponseStatus.SUCCESS ? answer.getOutput() : answer.getError());
            case WorkflowEvent batch ->
                "journal   " + batch.getEvents().stream().map(Timeline::event).collect(Collectors.joining(", "));
            default -> "";
        };
    }

    /** Ids of requests are run/step/attempt/epoch. */
    private static String step(String requestId) {
        String[] parts = requestId.split("/", -1);
        return parts.length > 1 ? parts[1] : requestId;
    }

    private static String event(RunEvent event) {
        String what = event.getType().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return event.getStepId() == null ? what : event.getStepId() + " " + what;
    }
}
