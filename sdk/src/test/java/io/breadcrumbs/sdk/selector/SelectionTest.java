package io.breadcrumbs.sdk.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.schemas.BreadcrumbEventKind;
import io.breadcrumbs.schemas.ContextCondition;
import io.breadcrumbs.schemas.ContextOperator;
import io.breadcrumbs.schemas.Selector;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Metas;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {

    private static final String CONTEXT = """
            {"n": 5, "name": "ada", "tags": ["a", "b", 3], "none": null, "deep": {"list": [{"x": 1.50}]}, "yes": true}\
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            n             | EQ           | 5            | true
            n             | EQ           | 5.0          | true
            n             | EQ           | "5"          | false
            name          | EQ           | "ada"        | true
            none          | EQ           | null         | true
            gone          | EQ           | null         | false
            deep.list.0.x | EQ           | 1.5          | true
            deep.list.1.x | EQ           | 1.5          | false
            deep.list.y.x | EQ           | 1.5          | false
            tags          | EQ           | ["a","b",3]  | true
            n             | NE           | 6            | true
            n             | NE           | 5            | false
            gone          | NE           | 5            | true
            n             | GT           | 4            | true
            n             | GT           | 5            | false
            n             | GT           | "4"          | false
            name          | GT           | "abe"        | true
            gone          | GT           | 4            | false
            n             | LT           | 6            | true
            n             | LT           | 5            | false
            gone          | LT           | 6            | false
            n             | GTE          | 5            | true
            n             | GTE          | 5.1          | false
            n             | LTE          | 5            | true
            n             | LTE          | 4.9          | false
            tags          | CONTAINS     | "b"          | true
            tags          | CONTAINS     | 3.0          | true
            tags          | CONTAINS     | "c"          | false
            name          | CONTAINS     | "da"         | true
            n             | CONTAINS     | 5            | false
            gone          | CONTAINS     | "x"          | false
            tags          | CONTAINS_ANY | ["x", "a"]   | true
            tags          | CONTAINS_ANY | ["x", "y"]   | false
            tags          | CONTAINS_ANY | []           | false
            name          | CONTAINS_ANY | ["x", "ad"]  | true
            yes           | EXISTS       | true         | true
            yes           | EXISTS       | null         | true
            yes           | EXISTS       | false        | false
            none          | EXISTS       | true         | false
            gone          | EXISTS       | true         | false
            gone          | EXISTS       | false        | true
            """)
    void shouldCompareAField(String path, ContextOperator operator, String value, boolean expected) {
        Selection selection = Selection.of(selector(path, operator, value));

        assertThat(selection.matches(event(CONTEXT))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            n  | UNKNOWN      | 5     | a known operator
            n  | EQ           | {     | a value in JSON
            n  | GT           | true  | another value for GT
            n  | CONTAINS_ANY | "a"   | another value for CONTAINS_ANY
            n  | EXISTS       | 1     | another value for EXISTS
            '' | EQ           | 1     | the path of a field
            """)
    void shouldRefuseAConditionThatMeansNothing(String path, ContextOperator operator, String value, String expected) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Selection.of(selector(path, operator, value)))
                .withMessageStartingWith("selector.context '" + path + "': expected " + expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            x y | -   | -   | -    | a   | false
            x y | -   | -   | -    | a x | true
            -   | x y | -   | -    | x   | false
            -   | x y | -   | -    | y x | true
            -   | -   | x   | -    | x   | false
            -   | -   | x   | -    | a   | true
            -   | -   | -   | s.v1 | -   | true
            -   | -   | -   | s.v2 | -   | false
            x   | y   | z   | s.v1 | x y | true
            x   | y   | z   | s.v1 | x   | false
            """)
    void shouldWantAllThatASelectorSays(
            String any, String all, String none, String schema, String tags, boolean expected) {
        Selection selection = Selection.of(Selector.newBuilder()
                .setAnyTags(words(any))
                .setAllTags(words(all))
                .setNoneTags(words(none))
                .setSchemaName(schema.equals("-") ? null : schema)
                .build());

        assertThat(selection.matches(BreadcrumbEvent.newBuilder(event(null))
                        .setTags(words(tags))
                        .build()))
                .isEqualTo(expected);
    }

    @Test
    void shouldKnowThatASelectorSelectsEverything() {
        assertThat(Selection.of(Selector.newBuilder().build()).selectsEverything())
                .isTrue();
        assertThat(Selection.of(selector("n", ContextOperator.NE, "1")).selectsEverything())
                .isFalse();
    }

    @Test
    void shouldMeetNoConditionWithAContextThatIsNone() {
        Selection selection = Selection.of(selector("n", ContextOperator.NE, "1"));

        assertThat(selection.matches(event("{"))).isFalse();
        assertThat(selection.matches(event(null))).isTrue();
    }

    private static Selector selector(String path, ContextOperator operator, String value) {
        return Selector.newBuilder()
                .setContext(List.of(new ContextCondition(path, operator, value)))
                .build();
    }

    private static BreadcrumbEvent event(@Nullable String context) {
        return BreadcrumbEvent.newBuilder()
                .setMeta(Metas.of(Catalogue.BREADCRUMB_EVENT, "e", "default", "test", Instant.EPOCH))
                .setBreadcrumbId("b")
                .setKind(BreadcrumbEventKind.CREATED)
                .setSchemaName("s.v1")
                .setContext(context)
                .build();
    }

    private static List<String> words(String text) {
        return text.equals("-") ? List.of() : Arrays.asList(text.split(" ", -1));
    }
}
