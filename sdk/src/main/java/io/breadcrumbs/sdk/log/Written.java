package io.breadcrumbs.sdk.log;

import java.util.List;

/** How the writing of a set ended. */
public sealed interface Written {

    /** All of it is durable and can be read, at these positions. */
    record Whole(List<Position> positions) implements Written {
        public Whole {
            positions = List.copyOf(positions);
        }
    }

    /** Somebody else has taken the name: nothing of it can be read. */
    record Fenced(String detail) implements Written {}

    /** It failed: whether it can be read is certain only when the name has been taken again. */
    record Unknown(String detail) implements Written {}
}
