package io.breadcrumbs.runner.catalogue;

import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.log.Position;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

/** Keeps tools in the catalogue that somebody elsewhere has, as they are there. Several at once, one for each owner. */
public final class Imports {

    private final Toolbox toolbox;
    private final Shelf shelf;

    /** @param toolbox that has read the whole catalogue */
    public Imports(Bus bus, Time time, Toolbox toolbox) {
        this.toolbox = toolbox;
        this.shelf = new Shelf(bus, time);
    }

    /**
     * Makes the tools of an owner in the catalogue what these are: new and changed ones are put there, and when they
     * are, others taken out. Blocks until this runner has read all that.
     *
     * @param owned which tools in the catalogue are the owner's
     * @return why some are left out, one sentence each
     */
    public List<String> replace(Predicate<ToolDefinition> owned, List<ToolDefinition> tools)
            throws InterruptedException {
        List<String> faults = new ArrayList<>();
        List<ToolDefinition> wanted = new ArrayList<>();
        for (ToolDefinition tool : tools) {
            conflict(tool, owned).ifPresentOrElse(faults::add, () -> wanted.add(tool));
        }
        List<ToolDefinition> before =
                toolbox.all().map(Entry::definition).filter(owned).toList();
        List<CompletableFuture<Position>> changes = new ArrayList<>();
        Set<String> kept = new HashSet<>();
        for (ToolDefinition tool : wanted) {
            kept.add(key(tool));
            Entry there = toolbox.find(tool.getName(), tool.getVersion());
            if (there == null || !Shelf.same(tool, there.definition())) {
                changes.add(shelf.put(tool));
            }
        }
        awaitRead(changes, faults);
        awaitRead(
                before.stream()
                        .filter(tool -> !kept.contains(key(tool)))
                        .map(shelf::take)
                        .toList(),
                faults);
        return faults;
    }

    private static String key(ToolDefinition tool) {
        return Toolbox.key(tool.getName(), tool.getVersion());
    }

    /** Somebody else's tool of this name would be shadowed, or shadow it. */
    private Optional<String> conflict(ToolDefinition tool, Predicate<ToolDefinition> owned) {
        return toolbox.all()
                .map(Entry::definition)
                .filter(there -> there.getName().equals(tool.getName()))
                .filter(there -> !owned.test(there))
                .findFirst()
                .map(there -> "tool '" + tool.getName() + "' is in the catalogue already, version " + there.getVersion()
                        + " of kind " + there.getKind() + " in pool '" + there.getPool() + "'");
    }

    private void awaitRead(List<CompletableFuture<Position>> changes, List<String> faults) throws InterruptedException {
        for (CompletableFuture<Position> change : changes) {
            try {
                change.thenCompose(position -> toolbox.whenRead(List.of(position)))
                        .get();
            } catch (ExecutionException e) {
                faults.add(String.valueOf(BusException.of(e).getMessage()));
            }
        }
    }
}
