package io.breadcrumbs.schemas.sample;

import io.breadcrumbs.schemas.catalogue.Topic;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Records with arbitrary values; the same seed gives the same records. */
public final class SampleRecords {
    private static final String CHARACTERS = "abcXYZ019 \"\\${}\n\u0000\u00e9\u20ac\u3042";

    private final Random random;
    private final boolean full;

    private SampleRecords(Random random, boolean full) {
        this.random = random;
        this.full = full;
    }

    /** Records with any field absent that may be, and lists of any length. */
    public static SampleRecords random(long seed) {
        return new SampleRecords(new Random(seed), false);
    }

    /** Records with every field set and one item in every list. */
    public static SampleRecords full(long seed) {
        return new SampleRecords(new Random(seed), true);
    }

    public <V extends SpecificRecord> V of(Topic<V> topic) {
        return topic.type().cast(record(topic.schema()));
    }

    private @Nullable Object value(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> record(schema);
            case ENUM ->
                SpecificData.get()
                        .createEnum(
                                schema.getEnumSymbols()
                                        .get(random.nextInt(
                                                schema.getEnumSymbols().size())),
                                schema);
            case ARRAY -> list(schema.getElementType());
            case UNION ->
                value(schema.getTypes()
                        .get(full ? 1 : random.nextInt(schema.getTypes().size())));
            case STRING -> text();
            case BYTES -> bytes();
            case INT -> random.nextInt() >> random.nextInt(Integer.SIZE);
            case LONG -> random.nextLong() >> random.nextInt(Long.SIZE);
            case BOOLEAN -> random.nextBoolean();
            case NULL -> null;
            case FLOAT -> random.nextFloat();
            case DOUBLE, FIXED, MAP -> throw new IllegalArgumentException("no schema has a " + schema);
        };
    }

    private Object record(Schema schema) {
        SpecificRecord made = (SpecificRecord) SpecificData.get().newRecord(null, schema);
        for (Schema.Field field : schema.getFields()) {
            made.put(field.pos(), value(field.schema()));
        }
        return made;
    }

    private List<@Nullable Object> list(Schema element) {
        int size = full ? 1 : random.nextInt(4);
        List<@Nullable Object> items = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            items.add(value(element));
        }
        return items;
    }

    private String text() {
        int length = full ? 8 : random.nextInt(200);
        boolean ascii = random.nextBoolean();
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(
                    ascii ? (char) ('a' + random.nextInt(26)) : CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        return text.toString();
    }

    private ByteBuffer bytes() {
        byte[] bytes = new byte[full ? 8 : random.nextInt(200)];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }
}
