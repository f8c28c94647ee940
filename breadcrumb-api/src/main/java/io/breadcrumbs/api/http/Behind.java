package io.breadcrumbs.api.http;

import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;

/** What stands behind the routes, as soon as it does: the door opens before there is a log. */
@Singleton
public final class Behind {

    private volatile Map<Class<?>, Object> parts = Map.of();

    /** From now on requests are answered from these, each found by its class. */
    public void is(Object... ready) {
        Map<Class<?>, Object> all = new HashMap<>();
        for (Object part : ready) {
            all.put(part.getClass(), part);
        }
        parts = Map.copyOf(all);
    }

    /** The part of this class; a problem as long as there is none. */
    public <T> T get(Class<T> type) {
        Object part = parts.get(type);
        if (part == null) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "the platform is still starting");
        }
        return type.cast(part);
    }
}
