package io.breadcrumbs.api.decide;

import io.breadcrumbs.schemas.Breadcrumb;
import io.breadcrumbs.schemas.BreadcrumbCommand;
import io.breadcrumbs.schemas.BreadcrumbCommandKind;
import io.breadcrumbs.schemas.BreadcrumbEventKind;
import io.breadcrumbs.schemas.Meta;
import io.breadcrumbs.schemas.Visibility;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Digests;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The next state of a breadcrumb, once it is certain that there is one. */
final class Successor {

    private static final String EMPTY = "{}";

    private Successor() {}

    static Breadcrumb first(BreadcrumbCommand command, Instant now) {
        Meta asked = command.getMeta();
        long nowMs = now.toEpochMilli();
        String schemaName = command.getSchemaName();
        String context = command.getContext() == null ? EMPTY : command.getContext();
        Meta meta = new Meta(
                command.getBreadcrumbId(),
                schemaName == null ? "" : schemaName,
                command.getTitle(),
                tags(List.of(), command),
                asked.getWorkspace(),
                1,
                nowMs,
                nowMs,
                asked.getAuthor(),
                asked.getTrace());
        return Breadcrumb.newBuilder()
                .setMeta(meta)
                .setContext(context)
                .setChecksum(checksum(context))
                .setExpiresAtMs(ends(command, null))
                .setVisibility(visibility(command, Visibility.WORKSPACE))
                .setAcl(command.getAcl() == null ? List.of() : command.getAcl())
                .setEmbedding(command.getEmbedding() == null ? List.of() : command.getEmbedding())
                .setCreatedBy(asked.getAuthor())
                .setIdempotencyKey(command.getIdempotencyKey())
                .build();
    }

    static Breadcrumb of(Breadcrumb state, BreadcrumbCommand command, Instant now) {
        Meta before = state.getMeta();
        boolean onlyTags = command.getKind() == BreadcrumbCommandKind.TAG;
        String given = onlyTags ? null : command.getContext();
        String context = context(state.getContext(), given, command.getKind());
        Meta meta = new Meta(
                before.getId(),
                before.getSchemaName(),
                onlyTags || command.getTitle() == null ? before.getTitle() : command.getTitle(),
                tags(before.getTags(), command),
                before.getWorkspace(),
                before.getVersion() + 1,
                before.getCreatedAtMs(),
                Math.max(before.getUpdatedAtMs(), now.toEpochMilli()),
                command.getMeta().getAuthor(),
                command.getMeta().getTrace());
        Breadcrumb.Builder next = Breadcrumb.newBuilder(state)
                .setMeta(meta)
                .setContext(context)
                .setChecksum(given == null ? state.getChecksum() : checksum(context));
        if (!onlyTags) {
            next.setExpiresAtMs(ends(command, state.getExpiresAtMs()));
            next.setVisibility(visibility(command, state.getVisibility()));
            next.setAcl(command.getAcl() == null ? state.getAcl() : command.getAcl());
            next.setEmbedding(embedding(state, command, given != null));
        }
        return next.build();
    }

    static boolean isOver(Breadcrumb state, Instant now) {
        Long ends = state.getExpiresAtMs();
        return ends != null && ends <= now.toEpochMilli();
    }

    /** Of the event that answers a command. */
    static Meta meta(BreadcrumbCommand command, BreadcrumbEventKind kind, Instant now) {
        Meta asked = command.getMeta();
        String id = command.getCommandId();
        return new Meta(
                kind == BreadcrumbEventKind.REPEATED ? id + "/repeated" : id,
                Catalogue.BREADCRUMB_EVENT.name(),
                null,
                List.of(),
                asked.getWorkspace(),
                1,
                now.toEpochMilli(),
                now.toEpochMilli(),
                asked.getAuthor(),
                asked.getTrace());
    }

    private static String context(String before, @Nullable String given, BreadcrumbCommandKind kind) {
        if (given == null) {
            return before;
        }
        return kind == BreadcrumbCommandKind.MERGE
                ? MergePatch.merged(parsed(before), parsed(given)).toString()
                : given;
    }

    /** The bounds have been looked at. */
    private static Json parsed(String context) {
        try {
            return Json.parse(context);
        } catch (JsonException e) {
            throw new IllegalArgumentException("context: expected JSON, got none: " + e.getMessage(), e);
        }
    }

    private static List<String> tags(List<String> before, BreadcrumbCommand command) {
        List<String> all = command.getTags();
        boolean replaced = all != null && command.getKind() != BreadcrumbCommandKind.TAG;
        Set<String> tags = new LinkedHashSet<>(replaced ? all : before);
        tags.addAll(command.getAddTags());
        command.getRemoveTags().forEach(tags::remove);
        return new ArrayList<>(tags);
    }

    /** A vector stands for a text: it does not outlive it. */
    private static List<Float> embedding(Breadcrumb state, BreadcrumbCommand command, boolean otherContext) {
        List<Float> given = command.getEmbedding();
        if (given != null) {
            return given;
        }
        return otherContext ? List.of() : state.getEmbedding();
    }

    private static @Nullable Long ends(BreadcrumbCommand command, @Nullable Long before) {
        Long given = command.getExpiresAtMs();
        if (given == null) {
            return before;
        }
        return given == 0 ? null : given;
    }

    private static Visibility visibility(BreadcrumbCommand command, Visibility before) {
        return command.getVisibility() == null ? before : command.getVisibility();
    }

    private static String checksum(String context) {
        return HexFormat.of().formatHex(Digests.sha256(context));
    }
}
