package io.breadcrumbs.sdk.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldConditionTest {

    @ParameterizedTest
    @CsvSource({
        "meta.workspace=lab, true",
        "meta.workspace=other, false",
        "meta.tags=b, true",
        "meta.tags=c, false",
        "count=3, true",
        "nothing=x, false",
        "meta=lab, false",
        "text=a=b, true"
    })
    void shouldCompareTheTextOfAField(String condition, boolean expected) throws Exception {
        JsonNode value = new ObjectMapper().readTree("""
                {"meta": {"workspace": "lab", "tags": ["a", "b"]}, "count": 3, "text": "a=b"}""");

        assertThat(FieldCondition.parse(condition).matches(value)).isEqualTo(expected);
    }

    @Test
    void shouldRefuseWhatIsNoCondition() {
        assertThatIllegalArgumentException().isThrownBy(() -> FieldCondition.parse("=x"));
    }
}
