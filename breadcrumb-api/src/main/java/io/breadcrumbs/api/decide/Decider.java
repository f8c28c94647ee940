package io.breadcrumbs.api.decide;

import io.breadcrumbs.schemas.Breadcrumb;
import io.breadcrumbs.schemas.BreadcrumbCommand;
import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.schemas.BreadcrumbEventKind;
import io.breadcrumbs.schemas.Meta;
import io.breadcrumbs.schemas.Refusal;
import io.breadcrumbs.sdk.breadcrumb.Grants;
import io.breadcrumbs.sdk.breadcrumb.RefusalCode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Decides commands about breadcrumbs. What was decided before under the same id or key is no matter of this. */
public final class Decider {

    private Decider() {}

    /**
     * What becomes of a command.
     *
     * @param state the breadcrumb's latest; null if there is none
     */
    public static Decision decide(@Nullable Breadcrumb state, BreadcrumbCommand command, Instant now) {
        String fault = Bounds.fault(command);
        if (fault != null) {
            return refused(command, state, RefusalCode.INVALID, fault, now);
        }
        return switch (command.getKind()) {
            case CREATE -> create(state, command, now);
            case PATCH, MERGE, TAG -> change(state, command, now);
            case DELETE -> delete(state, command, now);
            case EXPIRE -> expire(state, command, now);
            case UNKNOWN ->
                refused(
                        command,
                        state,
                        RefusalCode.UNKNOWN_KIND,
                        "kind: expected one that this instance knows, got a newer one",
                        now);
        };
    }

    private static Decision create(@Nullable Breadcrumb state, BreadcrumbCommand command, Instant now) {
        if (state != null) {
            String key = command.getIdempotencyKey();
            boolean again = key != null && key.equals(state.getIdempotencyKey()) && sameWorkspace(state, command);
            return again
                    ? repeated(command, new Former(BreadcrumbEventKind.CREATED, 1, null, null), now)
                    : refused(
                            command,
                            null,
                            RefusalCode.EXISTS,
                            "expected an id that is free, got " + command.getBreadcrumbId(),
                            now);
        }
        Integer base = command.getBaseVersion();
        if (base != null && base != 0) {
            return version(command, null, now);
        }
        if (command.getSchemaName() == null) {
            return refused(command, null, RefusalCode.INVALID, "schemaName: expected one, got none", now);
        }
        return changed(command, BreadcrumbEventKind.CREATED, Successor.first(command, now), now);
    }

    private static Decision change(@Nullable Breadcrumb state, BreadcrumbCommand command, Instant now) {
        if (state == null || !there(state, command, now)) {
            return notFound(command, now);
        }
        boolean opens = command.getVisibility() != null || command.getAcl() != null || command.getExpiresAtMs() != null;
        if (opens && !owns(state, command)) {
            return forbidden(command, state, "give access to it, or let it end", now);
        }
        if (!isBase(state, command)) {
            return version(command, state, now);
        }
        Breadcrumb next = Successor.of(state, command, now);
        String fault = Bounds.tags(next.getMeta().getTags());
        if (fault == null && next.getContext().length() > Bounds.CONTEXT_CHARS) {
            fault = "context: expected at most " + Bounds.CONTEXT_CHARS + " characters when it is merged, got "
                    + next.getContext().length();
        }
        return fault == null
                ? changed(command, BreadcrumbEventKind.UPDATED, next, now)
                : refused(command, state, RefusalCode.INVALID, fault, now);
    }

    private static Decision delete(@Nullable Breadcrumb state, BreadcrumbCommand command, Instant now) {
        if (state == null || !there(state, command, now)) {
            return notFound(command, now);
        }
        if (!owns(state, command)) {
            return forbidden(command, state, "delete it", now);
        }
        return isBase(state, command)
                ? ended(command, BreadcrumbEventKind.DELETED, state, now)
                : version(command, state, now);
    }

    private static Decision expire(@Nullable Breadcrumb state, BreadcrumbCommand command, Instant now) {
        if (state == null || !sameWorkspace(state, command)) {
            return notFound(command, now);
        }
        return Successor.isOver(state, now)
                ? ended(command, BreadcrumbEventKind.EXPIRED, state, now)
                : refused(
                        command,
                        state,
                        RefusalCode.NOT_DUE,
                        "expected a breadcrumb whose time is over, got one that ends at " + state.getExpiresAtMs(),
                        now);
    }

    /** What has expired is not there any more, though nobody has taken it away yet. */
    private static boolean there(Breadcrumb state, BreadcrumbCommand command, Instant now) {
        return sees(state, command) && !Successor.isOver(state, now);
    }

    private static boolean sees(Breadcrumb state, BreadcrumbCommand command) {
        return sameWorkspace(state, command)
                && (!command.getBounded()
                        || Grants.sees(author(command), state.getVisibility(), state.getCreatedBy(), state.getAcl()));
    }

    private static boolean owns(Breadcrumb state, BreadcrumbCommand command) {
        return !command.getBounded() || author(command).equals(state.getCreatedBy());
    }

    private static String author(BreadcrumbCommand command) {
        String author = command.getMeta().getAuthor();
        return author == null ? "" : author;
    }

    private static boolean sameWorkspace(Breadcrumb state, BreadcrumbCommand command) {
        return state.getMeta().getWorkspace().equals(command.getMeta().getWorkspace());
    }

    private static boolean isBase(Breadcrumb state, BreadcrumbCommand command) {
        Integer base = command.getBaseVersion();
        return base == null || base == state.getMeta().getVersion();
    }

    /** The answer to a command that does not stand where its breadcrumb's owner reads. */
    public static Decision misplaced(BreadcrumbCommand command, Instant now) {
        return refused(
                command,
                null,
                RefusalCode.INVALID,
                "id: expected the record's key, and the partition that it hashes to, got " + command.getBreadcrumbId()
                        + " elsewhere",
                now);
    }

    /** The answer to a command at which deciding failed. */
    public static Decision failed(BreadcrumbCommand command, Instant now) {
        return refused(
                command,
                null,
                RefusalCode.INTERNAL,
                "expected a decision, got a failure: the log of the breadcrumbs' owner has it",
                now);
    }

    // ------------------------------------------------------------------ answers

    private static Decision changed(BreadcrumbCommand command, BreadcrumbEventKind kind, Breadcrumb next, Instant now) {
        Instant updated = Instant.ofEpochMilli(next.getMeta().getUpdatedAtMs());
        BreadcrumbEvent event = about(next, command, kind, now.isAfter(updated) ? now : updated)
                .setContext(next.getContext())
                .setEmbedding(next.getEmbedding())
                .build();
        return new Decision.Changed(event, next);
    }

    /** Of what is gone its tags are told, by which it is known to those who watch, and not its content. */
    private static Decision ended(BreadcrumbCommand command, BreadcrumbEventKind kind, Breadcrumb state, Instant now) {
        return new Decision.Ended(about(state, command, kind, now)
                .setBreadcrumbVersion(state.getMeta().getVersion() + 1)
                .build());
    }

    private static Decision notFound(BreadcrumbCommand command, Instant now) {
        return refused(
                command,
                null,
                RefusalCode.NOT_FOUND,
                "expected the id of a breadcrumb of workspace "
                        + command.getMeta().getWorkspace() + ", got " + command.getBreadcrumbId(),
                now);
    }

    private static Decision forbidden(BreadcrumbCommand command, Breadcrumb state, String what, Instant now) {
        return refused(
                command,
                state,
                RefusalCode.FORBIDDEN,
                "expected its author " + state.getCreatedBy() + ", or a curator, to " + what + ", got "
                        + author(command),
                now);
    }

    private static Decision version(BreadcrumbCommand command, @Nullable Breadcrumb state, Instant now) {
        return refused(
                command,
                state,
                RefusalCode.VERSION,
                "expected version " + command.getBaseVersion() + ", got "
                        + (state == null ? "no breadcrumb" : state.getMeta().getVersion()),
                now);
    }

    private static Decision refused(
            BreadcrumbCommand command, @Nullable Breadcrumb state, RefusalCode code, String message, Instant now) {
        boolean told = state != null && sees(state, command);
        return new Decision.Answered(answer(command, BreadcrumbEventKind.REFUSED, now)
                .setBreadcrumbVersion(told && state != null ? state.getMeta().getVersion() : 0)
                .setRefusal(new Refusal(code.name(), message))
                .build());
    }

    /** The answer to a command that was answered before. */
    public static Decision repeated(BreadcrumbCommand command, Former first, Instant now) {
        return new Decision.Answered(answer(command, BreadcrumbEventKind.REPEATED, now)
                .setRepeated(first.kind())
                .setBreadcrumbVersion(first.version())
                .setChecksum(first.checksum())
                .setRefusal(first.refusal())
                .build());
    }

    private static BreadcrumbEvent.Builder about(
            Breadcrumb state, BreadcrumbCommand command, BreadcrumbEventKind kind, Instant now) {
        Meta meta = state.getMeta();
        return answer(command, kind, now)
                .setBreadcrumbVersion(meta.getVersion())
                .setSchemaName(meta.getSchemaName())
                .setTitle(meta.getTitle())
                .setTags(meta.getTags())
                .setChecksum(state.getChecksum())
                .setExpiresAtMs(state.getExpiresAtMs())
                .setVisibility(state.getVisibility())
                .setAcl(state.getAcl())
                .setCreatedAtMs(meta.getCreatedAtMs())
                .setCreatedBy(state.getCreatedBy());
    }

    private static BreadcrumbEvent.Builder answer(BreadcrumbCommand command, BreadcrumbEventKind kind, Instant now) {
        return BreadcrumbEvent.newBuilder()
                .setMeta(Successor.meta(command, kind, now))
                .setBreadcrumbId(command.getBreadcrumbId())
                .setKind(kind)
                .setCommandId(command.getCommandId())
                .setIdempotencyKey(command.getIdempotencyKey());
    }
}
