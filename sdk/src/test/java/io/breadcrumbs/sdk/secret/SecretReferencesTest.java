package io.breadcrumbs.sdk.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.Values;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretReferencesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":{"$secret":"N"},"b":[1,{"c":[{"$secret":"M"}]}]} | {"a":"<N>","b":[1,{"c":["<M>"]}]}
            {"$secret":"N"}                                       | "<N>"
            {"a":{"$secret":"N","x":1},"b":{"$secret":2}}         | {"a":{"$secret":"N","x":1},"b":{"$secret":2}}
            {"a":"{\\"$secret\\":\\"N\\"}","b":"$secret"}         | {"a":"{\\"$secret\\":\\"N\\"}","b":"$secret"}
            """)
    void shouldFillWhereAWholeValueIsAReference(String input, String filled) throws Exception {
        assertThat(SecretReferences.filled(Values.parse(input), name -> "<" + name + ">"))
                .isEqualTo(Values.parse(filled));
    }

    @Test
    void shouldLeaveTheInputItselfAsItIs() throws Exception {
        JsonNode input = Values.parse("{\"a\":{\"$secret\":\"N\"}}");

        SecretReferences.filled(input, _ -> "value");

        assertThat(input.toString()).isEqualTo("{\"a\":{\"$secret\":\"N\"}}");
    }

    @Test
    void shouldFailAsTheSourceDoes() throws Exception {
        JsonNode input = Values.parse("[{\"$secret\":\"N\"}]");

        assertThatExceptionOfType(ToolFailure.class)
                .isThrownBy(() -> SecretReferences.filled(input, name -> {
                    throw ToolFailure.of(ErrorKind.PERMISSION, "SECRET", name);
                }));
    }
}
