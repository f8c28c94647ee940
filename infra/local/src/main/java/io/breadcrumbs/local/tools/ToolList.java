package io.breadcrumbs.local.tools;

import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The catalogue of tools, as it stands now. */
public final class ToolList {

    private final Map<String, ToolDefinition> byKey;

    private ToolList(Map<String, ToolDefinition> byKey) {
        this.byKey = byKey;
    }

    /** Reads the whole catalogue. Blocks. */
    public static ToolList read(Bus bus, Duration atMost) throws InterruptedException {
        Map<String, ToolDefinition> byKey = new ConcurrentHashMap<>();
        try (Tail tail = bus.tail(TailFrom.beginning(Catalogue.TOOL), (breadcrumb, _, _) -> {
            if (breadcrumb.value() == null) {
                byKey.remove(breadcrumb.key());
            } else {
                byKey.put(breadcrumb.key(), breadcrumb.body());
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
        return byKey.values().stream()
                .sorted(Comparator.comparing(ToolDefinition::getName).thenComparing(ToolDefinition::getVersion))
                .toList();
    }

    /** The versions of one tool; empty if the catalogue does not have it. */
    public List<ToolDefinition> named(String name) {
        return all().stream().filter(tool -> tool.getName().equals(name)).toList();
    }
}
