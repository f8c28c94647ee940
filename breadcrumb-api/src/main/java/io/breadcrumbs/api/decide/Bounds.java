package io.breadcrumbs.api.decide;

import io.breadcrumbs.schemas.BreadcrumbCommand;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonException;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the fields of a breadcrumb may be, so that its records are such as the log takes, and indexes too. */
public final class Bounds {

    public static final int ID_CHARS = 256;
    public static final int WORKSPACE_CHARS = 256;
    public static final int SCHEMA_CHARS = 256;
    public static final int TITLE_CHARS = 2_000;
    public static final int TAGS = 100;
    public static final int TAG_CHARS = 256;
    public static final int ACL = 100;
    public static final int ACL_CHARS = 256;
    public static final int EMBEDDING = 1_024;
    public static final int CONTEXT_CHARS = 8 << 20;

    private Bounds() {}

    /** What is wrong with a command, whatever there is of its breadcrumb; null if nothing is. */
    static @Nullable String fault(BreadcrumbCommand command) {
        String fault = text("id", command.getBreadcrumbId(), ID_CHARS);
        fault = fault == null ? text("workspace", command.getMeta().getWorkspace(), WORKSPACE_CHARS) : fault;
        fault = fault == null ? text("schemaName", command.getSchemaName(), SCHEMA_CHARS) : fault;
        String title = command.getTitle();
        if (fault == null && title != null && title.length() > TITLE_CHARS) {
            fault = "title: expected at most " + TITLE_CHARS + " characters, got " + title.length();
        }
        fault = fault == null ? texts("tags", command.getTags(), TAGS, TAG_CHARS) : fault;
        fault = fault == null ? texts("addTags", command.getAddTags(), TAGS, TAG_CHARS) : fault;
        fault = fault == null ? texts("removeTags", command.getRemoveTags(), TAGS, TAG_CHARS) : fault;
        fault = fault == null ? texts("acl", command.getAcl(), ACL, ACL_CHARS) : fault;
        fault = fault == null ? vector(command.getEmbedding()) : fault;
        return fault == null ? context(command.getContext()) : fault;
    }

    private static @Nullable String text(String field, @Nullable String text, int most) {
        if (text == null) {
            return null;
        }
        if (text.isBlank() || text.length() > most) {
            return field + ": expected 1 to " + most + " characters, got " + text.length();
        }
        return text.chars().anyMatch(Character::isISOControl) ? field + ": expected no control characters" : null;
    }

    private static @Nullable String texts(String field, @Nullable List<String> texts, int most, int chars) {
        if (texts == null) {
            return null;
        }
        if (texts.size() > most) {
            return field + ": expected at most " + most + ", got " + texts.size();
        }
        for (String one : texts) {
            String fault = text(field, one, chars);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private static @Nullable String vector(@Nullable List<Float> vector) {
        if (vector == null || vector.isEmpty()) {
            return null;
        }
        if (vector.size() > EMBEDDING) {
            return "embedding: expected at most " + EMBEDDING + " numbers, got " + vector.size();
        }
        boolean finite = vector.stream().allMatch(one -> Float.isFinite(one));
        boolean zero = vector.stream().allMatch(one -> one == 0);
        return finite && !zero ? null : "embedding: expected finite numbers that are not all 0";
    }

    private static @Nullable String context(@Nullable String context) {
        if (context == null) {
            return null;
        }
        if (context.length() > CONTEXT_CHARS) {
            return "context: expected at most " + CONTEXT_CHARS + " characters, got " + context.length();
        }
        try {
            Json parsed = Json.parse(context);
            return parsed instanceof JsonObject ? null : "context: expected an object, got " + parsed.kind();
        } catch (JsonException e) {
            return "context: " + e.getMessage();
        }
    }

    /** The same of the tags that a breadcrumb would have after a command. */
    static @Nullable String tags(List<String> tags) {
        return texts("tags", tags, TAGS, TAG_CHARS);
    }
}
