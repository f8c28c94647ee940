package io.breadcrumbs.local.publish;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.AvroMissingFieldException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Plain JSON as Avro values: unions without their branch, bytes as base 64, defaults for what is left out. */
final class RecordReader {

    private RecordReader() {}

    static GenericRecord read(String path, Schema schema, JsonNode json) throws DraftException {
        if (!json.isObject()) {
            throw DraftException.field(path, "an object", shown(json));
        }
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (schema.getField(name) == null) {
                String known =
                        schema.getFields().stream().map(Schema.Field::name).collect(Collectors.joining(", "));
                throw DraftException.field(path + "." + name, "one of the fields " + known, "an unknown field");
            }
        }
        GenericRecord read = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            JsonNode value = json.path(field.name());
            String at = path + "." + field.name();
            read.put(field.pos(), value.isMissingNode() ? absent(at, field) : value(at, field.schema(), value));
        }
        return read;
    }

    private static @Nullable Object absent(String path, Schema.Field field) throws DraftException {
        try {
            return GenericData.get().getDefaultValue(field);
        } catch (AvroMissingFieldException e) {
            throw DraftException.field(path, expected(field.schema()), "nothing");
        }
    }

    private static @Nullable Object value(String path, Schema schema, JsonNode json) throws DraftException {
        Object read = switch (schema.getType()) {
            case RECORD -> read(path, schema, json);
            case UNION -> union(path, schema, json);
            case ARRAY -> json.isArray() ? array(path, schema, json) : null;
            case MAP -> json.isObject() ? map(path, schema, json) : null;
            case ENUM ->
                json.isTextual() && schema.hasEnumSymbol(json.asText())
                        ? new GenericData.EnumSymbol(schema, json.asText())
                        : null;
            case STRING -> json.isTextual() ? json.asText() : null;
            case BOOLEAN -> json.isBoolean() ? json.asBoolean() : null;
            case INT -> json.canConvertToInt() && json.isIntegralNumber() ? (Object) json.asInt() : null;
            case LONG -> json.canConvertToLong() && json.isIntegralNumber() ? (Object) json.asLong() : null;
            case FLOAT -> json.isNumber() ? (Object) (float) json.asDouble() : null;
            case DOUBLE -> json.isNumber() ? (Object) json.asDouble() : null;
            case BYTES -> wrapped(json);
            case FIXED -> fixed(schema, json);
            case NULL -> null;
        };
        if (read == null && !(json.isNull() && schema.isNullable())) {
            throw DraftException.field(path, expected(schema), shown(json));
        }
        return read;
    }

    private static @Nullable Object union(String path, Schema union, JsonNode json) throws DraftException {
        if (json.isNull()) {
            return null;
        }
        @Nullable DraftException last = null;
        List<Schema> branches = union.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .toList();
        for (Schema branch : branches) {
            try {
                return value(path, branch, json);
            } catch (DraftException e) {
                last = e;
            }
        }
        if (last != null && branches.size() == 1 && branches.getFirst().getType() == Schema.Type.RECORD) {
            throw last;
        }
        return null;
    }

    private static List<@Nullable Object> array(String path, Schema schema, JsonNode json) throws DraftException {
        List<@Nullable Object> items = new ArrayList<>();
        for (JsonNode item : json) {
            items.add(value(path + "[" + items.size() + "]", schema.getElementType(), item));
        }
        return items;
    }

    private static Map<String, @Nullable Object> map(String path, Schema schema, JsonNode json) throws DraftException {
        Map<String, @Nullable Object> map = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            map.put(entry.getKey(), value(path + "." + entry.getKey(), schema.getValueType(), entry.getValue()));
        }
        return map;
    }

    private static byte @Nullable [] bytes(JsonNode json) {
        try {
            return json.isTextual() ? json.binaryValue() : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static @Nullable Object wrapped(JsonNode json) {
        byte[] bytes = bytes(json);
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    private static @Nullable Object fixed(Schema schema, JsonNode json) {
        byte[] bytes = bytes(json);
        return bytes == null || bytes.length != schema.getFixedSize() ? null : new GenericData.Fixed(schema, bytes);
    }

    private static String expected(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> "an object (" + schema.getName() + ")";
            case ENUM -> "one of " + String.join(", ", schema.getEnumSymbols());
            case ARRAY -> "a list of " + expected(schema.getElementType());
            case MAP -> "an object of " + expected(schema.getValueType());
            case UNION -> schema.getTypes().stream().map(RecordReader::expected).collect(Collectors.joining(" or "));
            case STRING -> "a string";
            case INT, LONG -> "a whole number";
            case FLOAT, DOUBLE -> "a number";
            case BOOLEAN -> "true or false";
            case BYTES -> "bytes in base 64";
            case FIXED -> schema.getFixedSize() + " bytes in base 64";
            case NULL -> "null";
        };
    }

    private static String shown(JsonNode json) {
        String text = json.toString();
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }
}
