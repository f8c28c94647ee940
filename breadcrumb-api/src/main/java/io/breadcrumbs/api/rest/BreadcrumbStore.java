package io.breadcrumbs.api.rest;

import com.fasterxml.jackson.databind.node.IntNode;
import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.http.Role;
import io.breadcrumbs.api.problem.Problem;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.api.view.BreadcrumbView;
import io.breadcrumbs.api.view.Filter;
import io.breadcrumbs.api.view.LateException;
import io.breadcrumbs.api.view.Page;
import io.breadcrumbs.api.view.Seen;
import io.breadcrumbs.api.view.Viewer;
import io.breadcrumbs.schemas.Breadcrumb;
import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.sdk.breadcrumb.Answer;
import io.breadcrumbs.sdk.breadcrumb.Breadcrumbs;
import io.breadcrumbs.sdk.breadcrumb.Change;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Breadcrumbs as this door sees them: what it has changed is seen by all that it reads later. Blocks. */
public final class BreadcrumbStore {

    private final Breadcrumbs breadcrumbs;
    private final BreadcrumbView view;
    private final AtomicReference<Seen> changed = new AtomicReference<>(Seen.NOTHING);

    public BreadcrumbStore(Breadcrumbs breadcrumbs, BreadcrumbView view) {
        this.breadcrumbs = breadcrumbs;
        this.view = view;
    }

    /** Asks for a change in the caller's name. */
    CompletableFuture<Answer> ask(Caller caller, Change change) {
        Change own = change.workspace(caller.workspace()).author(caller.name());
        return breadcrumbs.ask(caller.may(Role.CURATOR) ? own : own.bounded()).whenComplete((answer, _) -> {
            if (answer != null) {
                changed.updateAndGet(seen -> seen.and(answer.position()));
            }
        });
    }

    /** The change that was made, or a problem that says why not. */
    public Answer.Done made(Caller caller, Change change) {
        return switch (ask(caller, change).join()) {
            case Answer.Done done -> done;
            case Answer.Refused refused -> throw new ProblemException(problem(refused));
        };
    }

    static Problem problem(Answer.Refused refused) {
        ProblemCode code = switch (refused.code()) {
            case EXISTS -> ProblemCode.EXISTS;
            case NOT_FOUND -> ProblemCode.NOT_FOUND;
            case FORBIDDEN -> ProblemCode.FORBIDDEN;
            case VERSION -> ProblemCode.VERSION;
            case INVALID, NOT_DUE -> ProblemCode.INVALID;
            case UNKNOWN_KIND, INTERNAL -> ProblemCode.INTERNAL;
        };
        Problem problem = Problem.of(code, refused.message());
        return refused.version() > 0 ? problem.with("version", IntNode.valueOf(refused.version())) : problem;
    }

    /** As whom a caller looks at breadcrumbs. */
    public static Viewer viewer(Caller caller) {
        return new Viewer(caller.workspace(), caller.name(), caller.may(Role.CURATOR));
    }

    /**
     * The breadcrumb of this id in the caller's workspace.
     *
     * @param seen what must be seen beside what this door has changed
     */
    public Breadcrumb get(Caller caller, String id, Seen seen) {
        Breadcrumb found = read(() -> view.get(viewer(caller), id, all(seen)));
        if (found == null) {
            throw new ProblemException(
                    ProblemCode.NOT_FOUND,
                    "expected the id of a breadcrumb of workspace " + caller.workspace() + ", got " + id);
        }
        return found;
    }

    /** The breadcrumbs that a filter takes, a page of them. */
    public Page find(Filter filter, int limit, @Nullable String cursor, Seen seen) {
        Page found = read(() -> {
            try {
                return view.find(filter, limit, cursor, all(seen));
            } catch (IllegalArgumentException e) {
                throw new ProblemException(ProblemCode.INVALID, String.valueOf(e.getMessage()));
            }
        });
        if (found == null) {
            throw new IllegalStateException("a view always finds a page");
        }
        return found;
    }

    List<BreadcrumbEvent> history(Caller caller, String id, Seen seen) {
        List<BreadcrumbEvent> events =
                read(() -> view.history(viewer(caller), id, all(seen)).join());
        if (events == null || events.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.NOT_FOUND,
                    "expected the id of a breadcrumb that is or was in workspace " + caller.workspace() + ", got "
                            + id);
        }
        return events;
    }

    /** What must be seen to see all that stands in the log now: this door does not know what tools have changed. */
    public Seen now() {
        try {
            Seen now = read(() -> view.now().join());
            return now == null ? Seen.NOTHING : now;
        } catch (CompletionException e) {
            throw e.getCause() instanceof LateException late ? late : e;
        }
    }

    private Seen all(Seen seen) {
        return changed.get().and(seen);
    }

    private interface Reading<T> {
        @Nullable
        T take() throws IOException;
    }

    private <T> @Nullable T read(Reading<T> reading) {
        String missing = view.missing();
        if (missing != null) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, missing);
        }
        try {
            return reading.take();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
