package io.breadcrumbs.runner.catalogue;

import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.ToolKind;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.tool.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Puts the Java tools of a runner into the catalogue, where it does not have them as they are. */
public final class Announcement {

    private final Bus bus;
    private final Time time;
    private final Toolbox toolbox;
    private final Shelf shelf;

    /** @param toolbox that has read the whole catalogue */
    public Announcement(Bus bus, Time time, Toolbox toolbox) {
        this.bus = bus;
        this.time = time;
        this.toolbox = toolbox;
        this.shelf = new Shelf(bus, time);
    }

    /** What keeps these tools from being announced, one sentence each; empty if nothing does. */
    public List<String> conflicts(List<ToolSpec<?, ?>> specs) {
        List<String> conflicts = new ArrayList<>();
        for (ToolSpec<?, ?> spec : specs) {
            Entry there = toolbox.find(spec.name(), spec.version());
            if (there != null) {
                conflict(spec, there.definition(), conflicts);
            }
        }
        return conflicts;
    }

    private static void conflict(ToolSpec<?, ?> spec, ToolDefinition there, List<String> conflicts) {
        String tool = "tool '" + spec.name() + "' version " + spec.version() + " is in the catalogue ";
        String cure = ": give it a new version";
        if (there.getKind() != ToolKind.JAVA) {
            conflicts.add(tool + "as a tool of kind " + there.getKind() + cure);
        } else if (!there.getPool().equals(spec.bounds().pool())) {
            conflicts.add(tool + "in pool '" + there.getPool() + "', here it is in '"
                    + spec.bounds().pool() + "'" + cure);
        } else if (!there.getInputSchema().equals(spec.schemas().input())
                || !spec.schemas().output().equals(there.getOutputSchema())) {
            conflicts.add(tool + "with another schema" + cure);
        }
    }

    /** Publishes what is new or has changed; completes, with where it stands, when all of it is durable. */
    public CompletableFuture<List<Position>> publish(List<ToolSpec<?, ?>> specs) {
        List<CompletableFuture<Position>> published = new ArrayList<>();
        for (ToolSpec<?, ?> spec : specs) {
            ToolDefinition definition = definition(spec);
            Entry there = toolbox.find(spec.name(), spec.version());
            if (there == null || !Shelf.same(definition, there.definition())) {
                published.add(shelf.put(definition));
            }
        }
        return CompletableFuture.allOf(published.toArray(CompletableFuture[]::new))
                .thenApply(_ -> published.stream().map(CompletableFuture::join).toList());
    }

    private ToolDefinition definition(ToolSpec<?, ?> spec) {
        int concurrency = spec.bounds().concurrency();
        return ToolDefinition.newBuilder()
                .setMeta(Metas.of(
                        Catalogue.TOOL,
                        Toolbox.key(spec.name(), spec.version()),
                        Metas.DEFAULT_WORKSPACE,
                        bus.instance(),
                        time.now()))
                .setName(spec.name())
                .setVersion(spec.version())
                .setDescription(spec.description())
                .setKind(ToolKind.JAVA)
                .setPool(spec.bounds().pool())
                .setInputSchema(spec.schemas().input())
                .setOutputSchema(spec.schemas().output())
                .setTimeoutMs(spec.bounds().timeout().toMillis())
                .setConcurrency(concurrency == 0 ? null : concurrency)
                .setSideEffects(spec.bounds().effects())
                .setExamples(spec.schemas().examples())
                .setTriggers(spec.triggers())
                .build();
    }
}
