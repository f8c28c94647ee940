package io.breadcrumbs.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HexFormat;
import java.util.Map;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.NumericUtils;

/**
 * What the index knows of a context's fields, as terms of a path and a value. They only narrow a search: whether a
 * context meets a condition is decided by the condition. Of a context with too much in it that is said, so that it is
 * never left out.
 */
final class ContextTerms {

    static final String THERE = "ctx.there";
    static final String TEXT = "ctx.text";
    static final String NUMBER = "ctx.number";
    static final String PARTIAL = "ctx.partial";

    /** Fields of a context that are indexed. */
    private static final int LEAVES_AT_MOST = 200;

    private static final int DEPTH_AT_MOST = 12;
    static final int VALUE_CHARS = 200;
    private static final char END_OF_PATH = '\u0000';

    private final Document document;
    private final StringBuilder words;
    private int leaves;
    private boolean partial;

    private ContextTerms(Document document, StringBuilder words) {
        this.document = document;
        this.words = words;
    }

    /** Adds the terms of a context, and its texts to the words by which it is found. */
    static void add(Document document, JsonNode context, StringBuilder words) {
        ContextTerms terms = new ContextTerms(document, words);
        terms.add("", context, 0);
        if (terms.partial) {
            document.add(new StringField(PARTIAL, "1", Store.NO));
        }
    }

    private void add(String path, JsonNode value, int depth) {
        if (!path.isEmpty()) {
            if (leaves++ >= LEAVES_AT_MOST || depth > DEPTH_AT_MOST || path.length() > VALUE_CHARS) {
                partial = true;
            } else {
                leaf(path, value);
            }
        }
        String prefix = path.isEmpty() ? "" : path + ".";
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                add(prefix + field.getKey(), field.getValue(), depth + 1);
            }
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                add(prefix + i, value.get(i), depth + 1);
            }
        } else if (value.isTextual() && words.length() < Documents.WORDS_CHARS) {
            words.append(' ').append(value.textValue());
        }
    }

    private void leaf(String path, JsonNode value) {
        document.add(new StringField(THERE, path, Store.NO));
        if (value.isNumber()) {
            String number = number(path, value.doubleValue());
            document.add(new StringField(NUMBER, number, Store.NO));
            document.add(new SortedSetDocValuesField(NUMBER, new BytesRef(number)));
        } else if (value.isTextual()) {
            document.add(new StringField(TEXT, text(path, value.textValue()), Store.NO));
        }
    }

    /** Terms of one path stand together, in the order of their values. */
    static String number(String path, double value) {
        double one = value == 0 ? 0.0 : value; // there is a negative one too
        long sortable = NumericUtils.doubleToSortableLong(one) ^ Long.MIN_VALUE;
        return path + END_OF_PATH + HexFormat.of().toHexDigits(sortable);
    }

    /** A long value is known by its beginning only. */
    static String text(String path, String value) {
        String known = value.length() > VALUE_CHARS ? value.substring(0, VALUE_CHARS) : value;
        return path + END_OF_PATH + known;
    }

    /** Behind all terms of a path. */
    static String end(String path) {
        return path + (char) (END_OF_PATH + 1);
    }

    static String begin(String path) {
        return path + END_OF_PATH;
    }
}
