package io.breadcrumbs.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.api.mcp.session.Rpc;
import io.breadcrumbs.api.tools.Listed;
import io.breadcrumbs.api.tools.ToolShapes;
import io.breadcrumbs.api.tools.ToolView;
import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.schemas.ToolDefinition;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The tools that clients may call: the platform's own, then those of the catalogue by name. A name that is the
 * platform's, or none that the protocol allows, and what is switched off, is left out.
 */
final class Offer {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");
    private static final String OBJECT = "object";

    /** Another server's wish, whose tool this was: clients would have to repeat the value in a header of ours. */
    private static final String IN_HEADER = "x-mcp-header";

    private final ToolView view;
    private final Map<String, PlatformTool> own = new LinkedHashMap<>();
    private volatile Made made = new Made(-1, JsonNodeFactory.instance.arrayNode());

    /** What was made of a state of the catalogue. */
    private record Made(long changes, ArrayNode tools) {}

    Offer(ToolView view, List<? extends PlatformTool> own) {
        this.view = view;
        own.forEach(tool -> this.own.put(tool.tool().name(), tool));
    }

    /** The platform's tool of that name; null if it has none. */
    @Nullable
    PlatformTool own(String name) {
        return own.get(name);
    }

    /** The tool of the catalogue; null if none of that name is offered. */
    @Nullable
    Listed listed(String name) {
        Listed tool = view.find(name);
        return tool == null || own.containsKey(name) || !isOffered(tool) ? null : tool;
    }

    /** What keeps it from being complete; null if nothing does. */
    @Nullable
    String missing() {
        return view.missing();
    }

    /** All of them, as clients are told. Nobody may change it. */
    ArrayNode all() {
        long changes = view.changes();
        Made known = made;
        if (known.changes() == changes) {
            return known.tools();
        }
        ArrayNode tools = JsonNodeFactory.instance.arrayNode();
        own.values().forEach(tool -> tools.add(Rpc.json(tool.tool())));
        view.all().stream()
                .filter(tool -> isOffered(tool) && !own.containsKey(tool.name()))
                .forEach(tool -> tools.add(Rpc.json(described(tool.definition()))));
        made = new Made(changes, tools);
        return tools;
    }

    private static boolean isOffered(Listed tool) {
        return tool.definition().getEnabled() && NAME.matcher(tool.name()).matches();
    }

    private static Tool described(ToolDefinition definition) {
        Tool.Builder tool = Tool.builder(definition.getName(), input(definition))
                .description(definition.getDescription())
                .annotations(annotations(definition.getSideEffects()))
                .meta(Map.of("io.breadcrumbs/version", definition.getVersion()));
        Map<String, Object> output = output(definition);
        return (output == null ? tool : tool.outputSchema(output)).build();
    }

    /** The protocol wants a schema of an object. */
    private static Map<String, Object> input(ToolDefinition definition) {
        Map<String, Object> schema = schema(definition.getInputSchema());
        if (!OBJECT.equals(schema.get("type"))) {
            schema.put("type", OBJECT);
        }
        return schema;
    }

    /** Null where the output is not always an object: clients take nothing else as structured. */
    private static @Nullable Map<String, Object> output(ToolDefinition definition) {
        Map<String, Object> schema = schema(definition.getOutputSchema());
        return OBJECT.equals(schema.get("type")) ? schema : null;
    }

    private static Map<String, Object> schema(@Nullable String document) {
        Map<String, Object> schema = new LinkedHashMap<>();
        if (ToolShapes.json(document) instanceof ObjectNode object) {
            for (JsonNode marked : object.findParents(IN_HEADER)) {
                ((ObjectNode) marked).remove(IN_HEADER);
            }
            if (Rpc.plain(object) instanceof Map<?, ?> plain) {
                plain.forEach((key, value) -> schema.put(String.valueOf(key), value));
            }
        }
        return schema;
    }

    private static ToolAnnotations annotations(SideEffects effects) {
        return ToolAnnotations.builder()
                .readOnlyHint(effects == SideEffects.NONE)
                .idempotentHint(effects != SideEffects.ONCE)
                .build();
    }
}
