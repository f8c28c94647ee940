package io.breadcrumbs.local.kill.runners;

import io.breadcrumbs.local.kill.Load;
import io.breadcrumbs.local.kill.Trail;
import io.breadcrumbs.local.kill.Trail.Kind;
import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.tool.Tool;
import io.breadcrumbs.sdk.tool.ToolContext;
import io.breadcrumbs.sdk.tool.ToolSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Three tools for each pool, one without effects, one that may run again and one that must not, and requests for the
 * latter two. Each gives back what it is given.
 */
final class KillTools {

    /** After which what nobody knows of a marked request is answered. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private static final int WORK_AT_MOST_MS = 150;
    private static final String ONCE = "pay-";
    private static final String AGAIN = "work-";
    private static final String PURE = "look-";

    private KillTools() {}

    record Order(String id) {}

    /** The tools of these pools. */
    static Tool<?, ?>[] of(List<String> pools, Trail trail) {
        List<Tool<?, ?>> tools = new ArrayList<>();
        for (String pool : pools) {
            tools.add(new Noting(PURE + pool, pool, SideEffects.NONE, trail));
            tools.add(new Noting(AGAIN + pool, pool, SideEffects.IDEMPOTENT, trail));
            tools.add(new Noting(ONCE + pool, pool, SideEffects.ONCE, trail));
        }
        return tools.toArray(Tool<?, ?>[]::new);
    }

    /** Requests for all tools of these pools alike. */
    static Load.Requests requests(String name, List<String> pools) {
        return new Load.Requests(name, id -> {
            int drawn = Math.floorMod(id.hashCode() * 31, 2 * pools.size());
            return asked(id, drawn % 2 == 0 ? AGAIN : ONCE, pools.get(drawn / 2));
        });
    }

    private static Draft<ToolRequest> asked(String id, String kind, String pool) {
        Topic<ToolRequest> topic = Catalogue.toolRequest(pool);
        ToolRequest request = ToolRequest.newBuilder()
                .setMeta(Metas.of(topic, id, "kill"))
                .setRequestId(id)
                .setTool(kind + pool)
                .setInput("{\"id\":\"" + id + "\"}")
                .setPool(pool)
                .build();
        return Draft.of(topic, id, request);
    }

    static boolean has(@Nullable String tool) {
        return tool != null && (tool.startsWith(ONCE) || tool.startsWith(AGAIN));
    }

    static boolean mayRunOnce(String tool) {
        return tool.startsWith(ONCE);
    }

    /** Notes that it begins, and takes its time. */
    private record Noting(String name, String pool, SideEffects effects, Trail trail) implements Tool<Order, Order> {

        @Override
        public ToolSpec<Order, Order> spec() {
            return ToolSpec.of(name, "Notes an order.", Order.class, Order.class)
                    .effects(effects)
                    .pool(pool)
                    .timeout(TIMEOUT);
        }

        @Override
        public Order execute(Order input, ToolContext context) throws InterruptedException {
            trail.note(Kind.EXECUTED, input.id());
            context.sleep(Duration.ofMillis(ThreadLocalRandom.current().nextInt(WORK_AT_MOST_MS)));
            return input;
        }
    }
}
