package io.breadcrumbs.sdk;

import java.util.List;

/** Whether a bus can work; one sentence for each thing that is missing. */
public record Readiness(List<String> missing) {

    public Readiness {
        missing = List.copyOf(missing);
    }

    public boolean ready() {
        return missing.isEmpty();
    }
}
