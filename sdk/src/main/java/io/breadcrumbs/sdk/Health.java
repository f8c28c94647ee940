package io.breadcrumbs.sdk;

import java.util.List;

/**
 * How a service is.
 *
 * @param faults what keeps it from its work, one sentence each
 * @param notes what somebody should look at, though it works
 */
public record Health(List<String> faults, List<String> notes) {

    public Health {
        faults = List.copyOf(faults);
        notes = List.copyOf(notes);
    }

    public boolean well() {
        return faults.isEmpty();
    }
}
