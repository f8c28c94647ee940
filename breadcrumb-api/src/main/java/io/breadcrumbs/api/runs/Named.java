package io.breadcrumbs.api.runs;

import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.api.rest.BreadcrumbStore;
import io.breadcrumbs.api.view.Filter;
import io.breadcrumbs.api.view.Page;
import io.breadcrumbs.api.view.Seen;
import io.breadcrumbs.schemas.Breadcrumb;
import io.breadcrumbs.schemas.Selector;
import io.breadcrumbs.sdk.breadcrumb.Answer;
import io.breadcrumbs.sdk.breadcrumb.Change;
import io.breadcrumbs.sdk.selector.Selection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Breadcrumbs of one schema that are known by names. What this door has changed is seen at once. Blocks. */
final class Named {

    private static final int A_PAGE = 500;

    private final BreadcrumbStore store;
    private final String schema;

    Named(BreadcrumbStore store, String schema) {
        this.store = store;
        this.schema = schema;
    }

    /** Null if there is none, or the caller may not see it. */
    @Nullable
    Breadcrumb find(Caller caller, String id) {
        try {
            return store.get(caller, id, Seen.NOTHING);
        } catch (ProblemException e) {
            if (e.problem().code() == ProblemCode.NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    /** All of the caller's workspace, the newest first. */
    List<Breadcrumb> all(Caller caller) {
        Filter filter = Filter.of(
                BreadcrumbStore.viewer(caller),
                Selection.of(Selector.newBuilder().setSchemaName(schema).build()));
        List<Breadcrumb> all = new ArrayList<>();
        String cursor = null;
        do {
            Page page = store.find(filter, A_PAGE, cursor, Seen.NOTHING);
            all.addAll(page.breadcrumbs());
            cursor = page.cursor();
        } while (cursor != null);
        return all;
    }

    /** Makes one, or the next version of that which is there. */
    Answer.Done put(Caller caller, Change creation, Change next) {
        try {
            return store.made(caller, creation);
        } catch (ProblemException e) {
            if (e.problem().code() == ProblemCode.EXISTS) {
                return store.made(caller, next);
            }
            throw e;
        }
    }

    Answer.Done change(Caller caller, Change change) {
        return store.made(caller, change);
    }
}
