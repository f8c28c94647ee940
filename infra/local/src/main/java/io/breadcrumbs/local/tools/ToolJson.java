package io.breadcrumbs.local.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.sdk.tool.TriggerJson;
import io.breadcrumbs.sdk.tool.Values;

/** A tool as the command line shows it. */
public final class ToolJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ToolJson() {}

    /**
     * All that is shown of a tool.
     *
     * @param runners that serve its pool
     */
    public static ObjectNode of(ToolDefinition tool, int runners) {
        ObjectNode one = JSON.createObjectNode()
                .put("name", tool.getName())
                .put("version", tool.getVersion())
                .put("description", tool.getDescription())
                .put("kind", tool.getKind().name())
                .put("pool", tool.getPool())
                .put("runners", runners)
                .put("timeoutMs", tool.getTimeoutMs())
                .put("concurrency", tool.getConcurrency())
                .put("sideEffects", tool.getSideEffects().name())
                .put("enabled", tool.getEnabled());
        ArrayNode triggers = one.putArray("triggers");
        tool.getTriggers().forEach(trigger -> triggers.add(TriggerJson.of(trigger)));
        try {
            one.set("inputSchema", JSON.readTree(tool.getInputSchema()));
            String output = tool.getOutputSchema();
            one.set("outputSchema", output == null ? null : JSON.readTree(output));
            ArrayNode examples = one.putArray("examples");
            for (String example : tool.getExamples()) {
                examples.add(JSON.readTree(example));
            }
        } catch (JsonProcessingException e) {
            one.put("fault", "a schema or an example is no JSON: " + Values.fault(e));
        }
        return one;
    }
}
