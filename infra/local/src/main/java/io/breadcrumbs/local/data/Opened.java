package io.breadcrumbs.local.data;

import io.breadcrumbs.local.data.Opened.Refused;
import io.breadcrumbs.local.data.Opened.Running;

/** What came of starting something: it runs, or a fault says why not. */
public sealed interface Opened<T> permits Running, Refused {

    /** It runs; whoever got it closes it. */
    record Running<T>(T it) implements Opened<T> {}

    /** It does not run, and left nothing behind. */
    record Refused<T>(Fault fault) implements Opened<T> {}

    /** For those who cannot go on without it. */
    default T orThrow() {
        return switch (this) {
            case Running<T>(T it) -> it;
            case Refused<T>(Fault fault) -> throw new IllegalStateException(fault.message());
        };
    }
}
