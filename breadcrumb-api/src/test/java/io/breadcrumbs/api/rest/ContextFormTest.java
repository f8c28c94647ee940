package io.breadcrumbs.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContextFormTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONTEXT = "{\"a\":1,\"b\":{\"c\":\"x\",\"d\":[10,20]},\"e\":null,\"llm_hints\":";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            {}                                            | {"a":1,"b":{"c":"x","d":[10,20]},"e":null}
            {"include":["b.c","none"]}                    | {"b":{"c":"x"}}
            {"include":["$.a","context.b.d"]}             | {"a":1,"b":{"d":[10,20]}}
            {"exclude":["b.c","e","none.x"]}              | {"a":1,"b":{"d":[10,20]}}
            {"include":["b"],"exclude":["b.d"]}           | {"b":{"c":"x"}}
            {"mode":"replace","templates":{"t":"{{a}}"}}  | {"t":"1"}
            {"mode":"replace","include":["a"]}            | {"a":1}
            {"include":["a"],"templates":{"t":"{{ b.c }}-{{b.d.1}}-{{none}}"}} | {"a":1,"t":"x-20-"}
            {"include":["a"],"transform":{"t":{"type":"template","template":"{{context.b.c}}"}}} | {"a":1,"t":"x"}
            {"include":["a"],"templates":{"t":"$1 {{b}} \\\\"}} | {"a":1,"t":"$1 {\\"c\\":\\"x\\",\\"d\\":[10,20]} \\\\"}
            {"include":5,"exclude":"a","templates":[1]}   | {"a":1,"b":{"c":"x","d":[10,20]},"e":null}
            """)
    void shouldShowAContextAsItsHintsSay(String hints, String expected) throws Exception {
        JsonNode context = JSON.readTree(CONTEXT + hints + "}");
        JsonNode before = context.deepCopy();

        JsonNode form = ContextForm.of(context);

        assertThat(form).isEqualTo(JSON.readTree(expected));
        assertThat(context).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            {"a":1}
            {"llm_hints":"none"}
            [1]
            """)
    void shouldLeaveAContextWithoutHintsAsItIs(String context) throws Exception {
        assertThat(ContextForm.of(JSON.readTree(context))).isEqualTo(JSON.readTree(context));
    }
}
