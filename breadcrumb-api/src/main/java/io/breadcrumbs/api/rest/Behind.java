package io.breadcrumbs.api.rest;

import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** What stands behind the routes, as soon as it does: the door opens before there is a log. */
@Singleton
public final class Behind {

    private volatile @Nullable BreadcrumbStore store;

    /** From now on requests are answered. */
    public void is(BreadcrumbStore ready) {
        store = ready;
    }

    BreadcrumbStore store() {
        BreadcrumbStore there = store;
        if (there == null) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "the platform is still starting");
        }
        return there;
    }
}
