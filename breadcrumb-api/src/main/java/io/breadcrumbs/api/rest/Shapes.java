package io.breadcrumbs.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.breadcrumbs.schemas.Breadcrumb;
import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.schemas.Meta;
import io.breadcrumbs.sdk.breadcrumb.Answer;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.Values;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Breadcrumbs, changes and histories as JSON. */
public final class Shapes {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Shapes() {}

    /** What agents read: the context as its hints say. */
    public static ObjectNode context(Breadcrumb one) {
        Meta meta = one.getMeta();
        ObjectNode shape = NODES.objectNode()
                .put("id", meta.getId())
                .put("schema_name", meta.getSchemaName())
                .put("title", meta.getTitle());
        shape.set("tags", texts(meta.getTags()));
        shape.set("context", ContextForm.of(parsed(one.getContext())));
        return shape.put("version", meta.getVersion())
                .put("created_at", time(meta.getCreatedAtMs()))
                .put("updated_at", time(meta.getUpdatedAtMs()));
    }

    /** All that there is, untransformed. */
    static ObjectNode full(Breadcrumb one) {
        ObjectNode shape = context(one);
        shape.set("context", parsed(one.getContext()));
        shape.put("workspace", one.getMeta().getWorkspace())
                .put("created_by", one.getCreatedBy())
                .put("updated_by", one.getMeta().getAuthor())
                .put("checksum", one.getChecksum())
                .put("ttl", one.getExpiresAtMs() == null ? null : time(one.getExpiresAtMs()));
        ObjectNode access = shape.putObject("access")
                .put("visibility", one.getVisibility().name().toLowerCase(Locale.ROOT));
        access.set("acl", texts(one.getAcl()));
        ArrayNode embedding = shape.putArray("embedding");
        one.getEmbedding().forEach(embedding::add);
        return shape;
    }

    static ObjectNode change(Answer.Done done) {
        return NODES.objectNode()
                .put("id", done.id())
                .put("version", done.version())
                .put("event", done.kind().name().toLowerCase(Locale.ROOT))
                .put("checksum", done.checksum())
                .put("position", position(done));
    }

    /** Where a change stands in the log: given with a read, that read shows it, whatever instance answers. */
    static String position(Answer answer) {
        return answer.position().partition().number() + "@" + answer.position().offset();
    }

    static ObjectNode version(BreadcrumbEvent event) {
        ObjectNode shape = NODES.objectNode()
                .put("version", event.getBreadcrumbVersion())
                .put("event", event.getKind().name().toLowerCase(Locale.ROOT))
                .put("title", event.getTitle());
        shape.set("tags", texts(event.getTags()));
        String context = event.getContext();
        shape.set("context", context == null ? NODES.nullNode() : parsed(context));
        return shape.put("checksum", event.getChecksum())
                .put("updated_at", time(event.getMeta().getUpdatedAtMs()))
                .put("updated_by", event.getMeta().getAuthor());
    }

    /** An event as those are told who watch: the breadcrumb as agents read it, without content when it is gone. */
    public static ObjectNode event(BreadcrumbEvent event) {
        ObjectNode shape = NODES.objectNode()
                .put("event", event.getKind().name().toLowerCase(Locale.ROOT))
                .put("id", event.getBreadcrumbId())
                .put("schema_name", event.getSchemaName())
                .put("title", event.getTitle());
        shape.set("tags", texts(event.getTags()));
        String context = event.getContext();
        shape.set("context", context == null ? NODES.nullNode() : ContextForm.of(parsed(context)));
        return shape.put("version", event.getBreadcrumbVersion())
                .put("workspace", event.getMeta().getWorkspace())
                .put("created_at", time(event.getCreatedAtMs()))
                .put("updated_at", time(event.getMeta().getUpdatedAtMs()))
                .put("updated_by", event.getMeta().getAuthor());
    }

    /**
     * Many of something.
     *
     * @param cursor where more is; null if there is none
     */
    public static ObjectNode list(List<? extends JsonNode> items, @Nullable String cursor) {
        ObjectNode shape = NODES.objectNode();
        shape.putArray("items").addAll(items);
        return shape.put("cursor", cursor);
    }

    static ArrayNode texts(List<String> texts) {
        ArrayNode list = NODES.arrayNode();
        texts.forEach(list::add);
        return list;
    }

    private static JsonNode parsed(String context) {
        try {
            return Values.parse(context);
        } catch (ToolFailure e) {
            return TextNode.valueOf(context); // no JSON: as it stands there
        }
    }

    private static String time(long ms) {
        return Instant.ofEpochMilli(ms).toString();
    }
}
