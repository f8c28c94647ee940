package io.breadcrumbs.api.decide;

import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonNull;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON Merge Patch (RFC 7396): fields replace fields, objects are merged, null takes a field away. */
final class MergePatch {

    private MergePatch() {}

    static Json merged(@Nullable Json target, Json patch) {
        if (!(patch instanceof JsonObject changes)) {
            return patch;
        }
        Map<String, Json> fields =
                target instanceof JsonObject object ? new LinkedHashMap<>(object.fields()) : new LinkedHashMap<>();
        changes.fields().forEach((name, value) -> {
            if (value instanceof JsonNull) {
                fields.remove(name);
            } else {
                fields.put(name, merged(fields.get(name), value));
            }
        });
        return new JsonObject(fields);
    }
}
