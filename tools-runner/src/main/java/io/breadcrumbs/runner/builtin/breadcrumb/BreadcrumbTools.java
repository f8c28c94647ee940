package io.breadcrumbs.runner.builtin.breadcrumb;

import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.breadcrumb.Answer;
import io.breadcrumbs.sdk.breadcrumb.Breadcrumbs;
import io.breadcrumbs.sdk.breadcrumb.Change;
import io.breadcrumbs.sdk.tool.Tool;
import io.breadcrumbs.sdk.tool.ToolContext;
import io.breadcrumbs.sdk.tool.ToolFailure;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The tools, and what they share. */
public final class BreadcrumbTools {

    private BreadcrumbTools() {}

    /** Tools over a client, which whoever made it closes. */
    public static List<Tool<?, ?>> over(Breadcrumbs breadcrumbs) {
        return List.of(
                new BreadcrumbCreate(breadcrumbs),
                new BreadcrumbUpdate(breadcrumbs),
                new BreadcrumbSearch(breadcrumbs));
    }

    /** What was changed. */
    record Changed(String id, int version) {}

    /** Asks for a change in the request's name and under its key: a repeated execution changes nothing more. */
    static Changed made(Breadcrumbs breadcrumbs, Change change, ToolContext context)
            throws ToolFailure, InterruptedException {
        Change own = change.workspace(context.request().getMeta().getWorkspace())
                .author(context.request().getTool())
                .key(context.idempotencyKey())
                .bounded();
        return switch (await(breadcrumbs.ask(own))) {
            case Answer.Done done -> new Changed(done.id(), done.version());
            case Answer.Refused refused -> {
                ErrorKind kind = switch (refused.code()) {
                    case NOT_FOUND -> ErrorKind.NOT_FOUND;
                    case FORBIDDEN -> ErrorKind.PERMISSION;
                    case INTERNAL, UNKNOWN_KIND -> ErrorKind.RUNTIME;
                    case EXISTS, VERSION, INVALID, NOT_DUE -> ErrorKind.VALIDATION;
                };
                throw ToolFailure.of(kind, refused.code().name(), refused.message());
            }
        };
    }

    static <T> T await(CompletableFuture<T> answer) throws ToolFailure, InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ToolFailure failure) {
                throw failure;
            }
            throw ToolFailure.of(
                    ErrorKind.CAPACITY,
                    "NO_ANSWER",
                    String.valueOf(BusException.of(e).getMessage()));
        }
    }

    static Instant instant(String text) throws ToolFailure {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw ToolFailure.invalid("ttl", "expected a moment like 2030-01-31T12:00:00Z, got " + text);
        }
    }
}
