package io.breadcrumbs.api;

import io.breadcrumbs.sdk.trace.Spans;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;

/** What the door shows of the platform behind it. Asked whenever somebody asks the door, by any thread. */
public interface Inside {

    /**
     * How a part is.
     *
     * @param faults what keeps it from its work, one sentence each
     * @param notes what somebody should look at, though it works
     */
    record Condition(List<String> faults, List<String> notes) {

        public Condition {
            faults = List.copyOf(faults);
            notes = List.copyOf(notes);
        }
    }

    /** How each part is, by its name; must be quick. */
    Map<String, Condition> parts();

    /** Where what is counted belongs. */
    MeterRegistry registry();

    /** Who is told what requests lead to. */
    Spans spans();

    /** All meters, as Prometheus reads them. */
    String meters();
}
