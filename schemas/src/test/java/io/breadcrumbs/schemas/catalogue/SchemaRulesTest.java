package io.breadcrumbs.schemas.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;

/** What holds for every schema, so that it can evolve, is quick to write and explains itself. */
class SchemaRulesTest {

    /** Nobody can leave these out, ever: add to this list only with the record itself. */
    private static final Map<String, List<String>> INDISPENSABLE = Map.ofEntries(
            Map.entry("AccessKey", List.of("meta", "keyId", "hash")),
            Map.entry("BlobChunk", List.of("meta", "blobId", "index", "count", "bytes")),
            Map.entry("Breadcrumb", List.of("meta")),
            Map.entry("BreadcrumbCommand", List.of("meta", "commandId", "breadcrumbId")),
            Map.entry("BreadcrumbEvent", List.of("meta", "breadcrumbId")),
            Map.entry("ContextCondition", List.of("path")),
            Map.entry("DeadLetter", List.of("meta", "topic", "partition", "offset")),
            Map.entry("Fork", List.of("runId", "stepId")),
            Map.entry("Header", List.of("name")),
            Map.entry("Meta", List.of("id", "schemaName")),
            Map.entry("Order", List.of("id", "topic", "partition")),
            Map.entry("Position", List.of("partition", "offset")),
            Map.entry("Refusal", List.of("code")),
            Map.entry("RunError", List.of()),
            Map.entry("RunEvent", List.of()),
            Map.entry("Secret", List.of("meta", "name", "masterKey", "wrappedKey", "ciphertext")),
            Map.entry("SecretUse", List.of("meta", "secret", "requestId")),
            Map.entry("Selector", List.of()),
            Map.entry("StepOutput", List.of("stepId")),
            Map.entry("StreamDelta", List.of("meta")),
            Map.entry("Tick", List.of("schedule")),
            Map.entry("ToolCancel", List.of("meta")),
            Map.entry("ToolDefinition", List.of("meta", "name")),
            Map.entry("ToolError", List.of("code")),
            Map.entry("ToolLimits", List.of()),
            Map.entry("ToolRequest", List.of("meta", "requestId")),
            Map.entry("ToolResponse", List.of("meta", "requestId")),
            Map.entry("ToolStarted", List.of("meta", "requestId", "token")),
            Map.entry("ToolTriggered", List.of("meta", "tool", "trigger")),
            Map.entry("Trigger", List.of("name")),
            Map.entry("WebhookDelivery", List.of("meta", "subscriptionId", "deliveryId")),
            Map.entry("WorkflowCommand", List.of("meta", "commandId", "runId")),
            Map.entry("WorkflowEvent", List.of("meta")));

    private final Map<String, Schema> schemas = new LinkedHashMap<>();

    SchemaRulesTest() {
        Catalogue.topics().forEach(topic -> collect(topic.schema()));
    }

    @Test
    void shouldGiveEveryFieldADefaultButTheIndispensable() {
        Map<String, List<String>> without = new TreeMap<>();
        records()
                .forEach(schema -> without.put(
                        schema.getName(),
                        schema.getFields().stream()
                                .filter(field -> !field.hasDefaultValue())
                                .map(Schema.Field::name)
                                .toList()));

        assertThat(without).isEqualTo(INDISPENSABLE);
    }

    @Test
    void shouldBeginEveryRecordOfATopicWithTheCommonFields() {
        assertThat(Catalogue.topics()).allSatisfy(topic -> {
            assertThat(topic.schema().getFields().getFirst().name()).isEqualTo("meta");
            assertThat(topic.schema().getFields().getFirst().schema().getName()).isEqualTo("Meta");
        });
    }

    @Test
    void shouldExplainEveryTypeAndField() {
        assertThat(schemas.values())
                .allSatisfy(schema ->
                        assertThat(schema.getDoc()).as(schema.getFullName()).endsWith("."));
        assertThat(records())
                .flatExtracting(Schema::getFields)
                .allSatisfy(field -> assertThat(field.doc()).as(field.name()).endsWith("."));
    }

    @Test
    void shouldGiveEveryEnumADefaultForSymbolsOfLaterReleases() {
        assertThat(schemas.values())
                .filteredOn(schema -> schema.getType() == Schema.Type.ENUM)
                .allSatisfy(schema ->
                        assertThat(schema.getEnumDefault()).as(schema.getName()).isNotNull());
    }

    @Test
    void shouldNameTheUnitOfEveryTime() {
        assertThat(records())
                .flatExtracting(Schema::getFields)
                .extracting(Schema.Field::name)
                .noneMatch(name -> name.endsWith("At") || name.endsWith("Time") || name.endsWith("Timeout"));
    }

    @Test
    void shouldUseTheCodersThatAvroGenerates() {
        assertThat(records()).allSatisfy(schema -> {
            SpecificRecordBase record = (SpecificRecordBase) SpecificData.get().newRecord(null, schema);
            var generated = record.getClass().getDeclaredMethod("hasCustomCoders");
            generated.setAccessible(true);
            assertThat(generated.invoke(record)).as(schema.getName()).isEqualTo(true);
        });
    }

    private List<Schema> records() {
        return schemas.values().stream()
                .filter(schema -> schema.getType() == Schema.Type.RECORD)
                .toList();
    }

    private void collect(Schema schema) {
        switch (schema.getType()) {
            case RECORD -> {
                if (schemas.put(schema.getFullName(), schema) == null) {
                    schema.getFields().forEach(field -> collect(field.schema()));
                }
            }
            case ENUM -> schemas.put(schema.getFullName(), schema);
            case ARRAY -> collect(schema.getElementType());
            case MAP -> collect(schema.getValueType());
            case UNION -> schema.getTypes().forEach(this::collect);
            case FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL ->
                assertThat(schema.getLogicalType()).isNull();
        }
    }
}
