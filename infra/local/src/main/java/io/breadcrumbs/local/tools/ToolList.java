package io.breadcrumbs.local.tools;

import io.breadcrumbs.runner.catalogue.Toolbox;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.log.Position;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The catalogue of tools, as it stands now. */
public final class ToolList {

    private final Map<String, Listed> byKey;

    /** A definition, and where it stands in the catalogue. */
    public record Listed(ToolDefinition definition, Position position) {}

    private ToolList(Map<String, Listed> byKey) {
        this.byKey = byKey;
    }

    /** Reads the whole catalogue. Blocks. */
    public static ToolList read(Bus bus, Duration atMost) throws InterruptedException {
        Map<String, Listed> byKey = new ConcurrentHashMap<>();
        try (Tail tail = bus.tail(TailFrom.beginning(Catalogue.TOOL), (breadcrumb, position, _) -> {
            if (breadcrumb.value() == null) {
                byKey.remove(breadcrumb.key());
            } else {
                byKey.put(breadcrumb.key(), new Listed(breadcrumb.body(), position));
            }
        })) {
            tail.caughtUp().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new BusException(
                    ErrorCode.AWAY, "the catalogue could not be read within " + atMost.toSeconds() + " s", e);
        }
        return new ToolList(byKey);
    }

    /** All tools, by name. */
    public List<ToolDefinition> all() {
        return sorted().map(Listed::definition).toList();
    }

    private Stream<Listed> sorted() {
        return byKey.values().stream()
                .sorted(Comparator.comparing((Listed tool) -> tool.definition().getName())
                        .thenComparing(tool -> tool.definition().getVersion(), Toolbox.VERSIONS));
    }

    /** The newest version of a tool. */
    public Optional<Listed> newest(String name) {
        return sorted().filter(tool -> tool.definition().getName().equals(name)).reduce((_, newer) -> newer);
    }

    /** The versions of one tool; empty if the catalogue does not have it. */
    public List<ToolDefinition> named(String name) {
        return all().stream().filter(tool -> tool.getName().equals(name)).toList();
    }
}
