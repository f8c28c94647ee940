package io.breadcrumbs.api.decide;

import io.breadcrumbs.schemas.Breadcrumb;
import io.breadcrumbs.schemas.BreadcrumbCommand;
import io.breadcrumbs.schemas.BreadcrumbCommandKind;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Metas;
import java.time.Instant;
import java.util.List;

/** Commands and states for tests. */
public final class Commands {

    public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private Commands() {}

    /** A command about the breadcrumb {@code b-1} of the default workspace. */
    public static BreadcrumbCommand.Builder command(BreadcrumbCommandKind kind) {
        return command(kind, "b-1", "c-1");
    }

    public static BreadcrumbCommand.Builder command(BreadcrumbCommandKind kind, String id, String commandId) {
        return BreadcrumbCommand.newBuilder()
                .setMeta(Metas.of(Catalogue.BREADCRUMB_COMMAND, commandId, "default", "ann", NOW))
                .setCommandId(commandId)
                .setBreadcrumbId(id)
                .setKind(kind);
    }

    public static BreadcrumbCommand.Builder creation() {
        return command(BreadcrumbCommandKind.CREATE)
                .setSchemaName("note.v1")
                .setTitle("A note")
                .setTags(List.of("a", "b"))
                .setContext("{\"n\":1,\"o\":{\"x\":1,\"y\":2}}");
    }

    /** The breadcrumb that {@link #creation} leads to. */
    static Breadcrumb created() {
        return created(creation());
    }

    static Breadcrumb created(BreadcrumbCommand.Builder creation) {
        Decision decision = Decider.decide(null, creation.build(), NOW);
        if (decision instanceof Decision.Changed changed) {
            return changed.state();
        }
        throw new AssertionError("expected a breadcrumb, got " + decision);
    }
}
