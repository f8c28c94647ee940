package io.breadcrumbs.sdk.journal;

import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonArray;
import io.breadcrumbs.sdk.workflow.json.JsonBoolean;
import io.breadcrumbs.sdk.workflow.json.JsonNull;
import io.breadcrumbs.sdk.workflow.json.JsonNumber;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/** Records of the kinds that a journal's events have as JSON, and back; a union is its value, without its branch. */
final class RecordText {

    private RecordText() {}

    static JsonObject of(IndexedRecord value) {
        JsonObject.Builder object = JsonObject.builder();
        for (Schema.Field field : value.getSchema().getFields()) {
            object.put(field.name(), json(value.get(field.pos())));
        }
        return object.build();
    }

    private static Json json(@Nullable Object value) {
        return switch (value) {
            case null -> Json.nothing();
            case IndexedRecord inner -> of(inner);
            case List<?> list ->
                new JsonArray(list.stream().map(RecordText::json).toList());
            case Boolean flag -> Json.of(flag);
            case Integer number -> Json.of(number);
            case Long number -> Json.of(number);
            case CharSequence text -> Json.of(text.toString());
            case Enum<?> symbol -> Json.of(symbol.name());
            default -> throw new IllegalArgumentException("expected what a journal's event may have, got " + value);
        };
    }

    /** The record that an object is; fields that it does not have get their defaults, others of its are left alone. */
    static IndexedRecord record(Schema schema, JsonObject object) {
        IndexedRecord record = (IndexedRecord) SpecificData.get().newRecord(null, schema);
        for (Schema.Field field : schema.getFields()) {
            Json value = object.get(field.name());
            if (value == null && !field.hasDefaultValue()) {
                throw new IllegalArgumentException("expected a field " + field.name() + ", got none");
            }
            record.put(field.pos(), value == null ? absent(field) : value(field.name(), field.schema(), value));
        }
        return record;
    }

    private static @Nullable Object absent(Schema.Field field) {
        return SpecificData.get().deepCopy(field.schema(), SpecificData.get().getDefaultValue(field));
    }

    private static @Nullable Object value(String field, Schema schema, Json value) {
        Schema.Type type = schema.getType();
        if (type == Schema.Type.UNION) {
            return value instanceof JsonNull ? null : value(field, other(schema), value);
        }
        return switch (value) {
            case JsonObject object when type == Schema.Type.RECORD -> record(schema, object);
            case JsonArray array
            when type == Schema.Type.ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                array.elements().forEach(one -> list.add(value(field, schema.getElementType(), one)));
                yield list;
            }
            case JsonString(String text) when type == Schema.Type.STRING -> text;
            case JsonString(String text)
            when type == Schema.Type.ENUM && schema.hasEnumSymbol(text) ->
                SpecificData.get().createEnum(text, schema);
            case JsonNumber number when type == Schema.Type.INT -> Math.toIntExact(number.longValue());
            case JsonNumber number when type == Schema.Type.LONG -> number.longValue();
            case JsonBoolean(boolean flag) when type == Schema.Type.BOOLEAN -> flag;
            default ->
                throw new IllegalArgumentException(
                        field + ": expected a value of type " + schema.getName() + ", got " + value.kind());
        };
    }

    private static Schema other(Schema union) {
        return union.getTypes().stream()
                .filter(one -> one.getType() != Schema.Type.NULL)
                .findFirst()
                .orElseThrow();
    }
}
