package io.breadcrumbs.sdk.tool;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.util.regex.Pattern;

/** Input and output of tools: JSON documents, and the records that tools see. */
public final class Values {

    /** Buffers by thread, Jackson's own way, would be new ones for each virtual thread, and kept while it waits. */
    private static final int BUFFERS_AT_MOST = 128;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.newBoundedPool(BUFFERS_AT_MOST))
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    private static final ObjectMapper EXACT = JSON.rebuild()
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    private static final Pattern OF_THE_LIBRARY = Pattern.compile(" ?\\(start marker at \\[[^\\]]*]\\)");

    private Values() {}

    /** Parses a JSON document. */
    public static JsonNode parse(String document) throws ToolFailure {
        try {
            return JSON.readTree(document);
        } catch (JsonProcessingException e) {
            throw ToolFailure.invalid("", "expected a JSON document, got one with a fault at " + fault(e));
        }
    }

    /** What is wrong with a document, and where, without words of the library about itself. */
    public static String fault(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        String said = OF_THE_LIBRARY.matcher(e.getOriginalMessage()).replaceAll("");
        String what = said.startsWith("Trailing token") ? "expected nothing behind the document, got more" : said;
        return at == null ? what : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": " + what;
    }

    /** The record that a document stands for. */
    public static <T> T read(String document, Class<T> type) throws ToolFailure {
        return read(parse(document), type);
    }

    /** The record that a document stands for. */
    public static <T> T read(JsonNode document, Class<T> type) throws ToolFailure {
        return read(JSON, document, type);
    }

    /** The same, for what people send: a number is no text, and a text is neither a number nor true or false. */
    public static <T> T readExactly(JsonNode document, Class<T> type) throws ToolFailure {
        return read(EXACT, document, type);
    }

    private static <T> T read(ObjectMapper mapper, JsonNode document, Class<T> type) throws ToolFailure {
        if (type.isAssignableFrom(JsonNode.class)) {
            return type.cast(document);
        }
        try {
            return mapper.treeToValue(document, type);
        } catch (JsonMappingException e) {
            throw ToolFailure.invalid(path(e), e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            throw ToolFailure.invalid("", e.getOriginalMessage());
        }
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference at : e.getPath()) {
            if (at.getFieldName() == null) {
                path.append('[').append(at.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(at.getFieldName());
            }
        }
        return path.toString();
    }

    /** The document of a record. A text that is to be a document already must be a {@link JsonNode}. */
    public static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    value.getClass().getSimpleName() + " cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }
}
