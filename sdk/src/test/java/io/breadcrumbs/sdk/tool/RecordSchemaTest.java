package io.breadcrumbs.sdk.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schema of a record, and what it says of documents. */
class RecordSchemaTest {

    enum Size {
        SMALL,
        LARGE
    }

    record Part(@Describe("How it is called.") String name, double weight) {}

    record Order(
            int count,
            boolean urgent,
            Size size,
            List<Part> parts,
            Map<String, Long> prices,
            JsonNode any,
            @Nullable String note) {}

    record Named(
            @JsonProperty("unit_price") double unitPrice,
            @JsonAlias("operator") String op) {}

    record Unknown(Thread thread) {}

    private static final String GOOD = "{\"count\": 1, \"urgent\": true, \"size\": \"LARGE\","
            + " \"parts\": [{\"name\": \"bolt\", \"weight\": 0.5}], \"prices\": {\"bolt\": 3}, \"any\": [null]}";

    private static @Nullable ToolFailure fault(String document) throws ToolFailure {
        JsonShape shape = JsonShape.of(RecordSchema.of(Order.class));
        return catchThrowableOfType(ToolFailure.class, () -> shape.check(Values.parse(document)));
    }

    @Test
    void shouldDescribeARecord() {
        assertThat(RecordSchema.of(Part.class))
                .isEqualTo("{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\",\"description\":"
                        + "\"How it is called.\"},\"weight\":{\"type\":\"number\"}},\"required\":[\"name\",\"weight\"],"
                        + "\"additionalProperties\":false}");
    }

    @Test
    void shouldNameFieldsAsDocumentsDo() throws ToolFailure {
        JsonShape shape = JsonShape.of(RecordSchema.of(Named.class));
        String document = "{\"unit_price\": 1.5, \"operator\": \"eq\"}";

        assertThatCode(() -> shape.check(Values.parse(document))).doesNotThrowAnyException();

        assertThat(Values.read(document, Named.class)).isEqualTo(new Named(1.5, "eq"));
        assertThat(RecordSchema.of(Named.class))
                .contains("\"required\":[\"unit_price\"]")
                .doesNotContain("unitPrice");
    }

    @Test
    void shouldAllowWhatTheRecordIsMadeOf() throws ToolFailure {
        assertThat(fault(GOOD)).isNull();
        assertThat(Values.read(GOOD, Order.class).parts()).containsExactly(new Part("bolt", 0.5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"count\": 1 | \"count\": \"1\" | count",
                "\"count\": 1, | | count",
                "true | 1 | urgent",
                "LARGE | HUGE | size",
                "0.5 | \"heavy\" | parts.0.weight",
                "\"weight\" | \"wait\" | parts.0.weight",
                "3 | 3.5 | prices.bolt",
                "\"any\" | \"more\": 1, \"any\" | more"
            })
    void shouldNameTheFieldAtFault(String good, @Nullable String bad, String field) throws ToolFailure {
        ToolFailure fault = fault(GOOD.replace(good, bad == null ? "" : bad));

        assertThat(fault).hasMessageContaining("'" + field + "'");
    }

    @Test
    void shouldNotNameFaultsWithoutEnd() throws ToolFailure {
        ToolFailure fault =
                fault(GOOD.replace("[{\"name\": \"bolt\", \"weight\": 0.5}]", "[" + "1,".repeat(999) + "1]"));

        assertThat(fault).message().contains("'parts.0'", "and 990 more").hasSizeLessThan(1_000);
    }

    @Test
    void shouldRefuseWhatHasNoSchema() {
        assertThatThrownBy(() -> RecordSchema.of(Unknown.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.Thread")
                .hasMessageContaining("give the schema instead");
    }
}
