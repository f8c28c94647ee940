package io.breadcrumbs.api.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.breadcrumbs.schemas.Breadcrumb;
import io.breadcrumbs.schemas.ContextCondition;
import io.breadcrumbs.schemas.ContextOperator;
import io.breadcrumbs.schemas.Meta;
import io.breadcrumbs.schemas.Selector;
import io.breadcrumbs.schemas.Visibility;
import io.breadcrumbs.sdk.selector.Selection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexTest {

    private static final Instant NOW = Instant.ofEpochMilli(1_000_000);
    private static final Filter ALL = filter(selector -> selector);

    private static final List<ContextOperator> OPERATORS =
            List.copyOf(EnumSet.complementOf(EnumSet.of(ContextOperator.UNKNOWN)));

    @TempDir
    private Path folder;

    private Index index;

    @BeforeEach
    void open() throws IOException {
        index = new Index(folder);
    }

    @AfterEach
    void close() throws IOException {
        index.close();
    }

    private static Filter filter(UnaryOperator<Selector.Builder> said) {
        return Filter.of(
                new Viewer("default", "ann", false),
                Selection.of(said.apply(Selector.newBuilder()).build()));
    }

    private static Filter where(String path, ContextOperator operator, String value) {
        return filter(selector -> selector.setContext(List.of(new ContextCondition(path, operator, value))));
    }

    private void put(String id, long created, String context, String... tags) throws IOException {
        index.put(state(id, created, context, tags).build(), true);
    }

    private static Breadcrumb.Builder state(String id, long created, String context, String... tags) {
        Meta meta =
                new Meta(id, "note.v1", "Title of " + id, List.of(tags), "default", 1, created, created, "ann", null);
        return Breadcrumb.newBuilder().setMeta(meta).setContext(context);
    }

    private List<String> ids(Filter filter) throws IOException {
        index.refresh();
        return index.find(filter, 100, null, NOW).breadcrumbs().stream()
                .map(one -> one.getMeta().getId())
                .toList();
    }

    @Test
    void shouldGiveBackWhatWasPutIn() throws IOException {
        Breadcrumb state = state("a", 1, "{\"x\":[1,{\"y\":null}]}", "t")
                .setEmbedding(List.of(1f, 2f))
                .setAcl(List.of("bob"))
                .build();
        index.put(state, true);
        index.refresh();

        assertThat(index.get("a")).isEqualTo(state);
        assertThat(index.get("b")).isNull();
    }

    @Test
    void shouldReplaceAndRemove() throws IOException {
        put("a", 1, "{\"v\":1}");
        put("a", 1, "{\"v\":2}");
        put("b", 1, "{}");
        index.remove("b");

        assertThat(ids(ALL)).containsExactly("a");
        assertThat(ids(where("v", ContextOperator.EQ, "1"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            x y | -   | -   | a b
            -   | x y | -   | a
            -   | -   | x   | b c
            y   | -   | x   | b
            """)
    void shouldFindByTags(String any, String all, String none, String expected) throws IOException {
        put("a", 3, "{}", "x", "y");
        put("b", 2, "{}", "y");
        put("c", 1, "{}");

        List<String> found = ids(filter(selector ->
                selector.setAnyTags(words(any)).setAllTags(words(all)).setNoneTags(words(none))));

        assertThat(found).isEqualTo(words(expected));
    }

    private static List<String> words(String text) {
        return text.equals("-") ? List.of() : Arrays.asList(text.split(" ", -1));
    }

    @Test
    void shouldShowOtherWorkspacesNothing() throws IOException {
        put("a", 1, "{}");
        index.refresh();
        Filter theirs = Filter.of(new Viewer("theirs", "ann", true), ALL.selection());

        assertThat(index.find(theirs, 10, null, NOW).breadcrumbs()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ann, all ann bob everybody", "bob, all bob everybody", "eve, all everybody", "=bob, all everybody"})
    void shouldFindWhatTheViewerMaySeeBeforePagesAreCut(String name, String expected) throws IOException {
        // Given
        index.put(
                state("ann", 4, "{}")
                        .setVisibility(Visibility.PRIVATE)
                        .setCreatedBy("ann")
                        .build(),
                true);
        index.put(
                state("bob", 3, "{}")
                        .setVisibility(Visibility.PRIVATE)
                        .setCreatedBy("ann")
                        .setAcl(List.of("bob"))
                        .build(),
                true);
        index.put(state("all", 2, "{}").setCreatedBy("ann").build(), true);
        index.put(state("everybody", 1, "{}").setVisibility(Visibility.PUBLIC).build(), true);

        // When
        Filter filter = Filter.of(new Viewer("default", name, false), ALL.selection());

        // Then
        assertThat(ids(filter)).containsExactlyInAnyOrder(expected.split(" ", -1));
        assertThat(index.find(filter, expected.split(" ", -1).length, null, NOW).cursor())
                .isNull();
        assertThat(ids(Filter.of(new Viewer("default", name, true), ALL.selection())))
                .hasSize(4);
    }

    @Test
    void shouldFindBySchemaTimeAndWords() throws IOException {
        put("a", 10, "{\"text\":\"The quick brown fox\",\"deep\":[{\"more\":\"words\"}]}");
        put("b", 20, "{\"text\":\"The slow brown dog\"}");

        assertThat(ids(ALL.text("brown FOX"))).containsExactly("a");
        assertThat(ids(ALL.text("words"))).containsExactly("a");
        assertThat(ids(ALL.text("title"))).containsExactlyInAnyOrder("a", "b");
        assertThat(ids(ALL.text("cat"))).isEmpty();
        assertThat(ids(ALL.text("..."))).isEmpty();
        assertThat(ids(ALL.created(new Filter.Span(11, 20)))).containsExactly("b");
        assertThat(ids(ALL.updated(new Filter.Span(0, 19)))).containsExactly("a");
        assertThat(ids(filter(selector -> selector.setSchemaName("other.v1")))).isEmpty();
    }

    @Test
    void shouldHideWhatIsOver() throws IOException {
        index.put(state("a", 1, "{}").setExpiresAtMs(NOW.toEpochMilli()).build(), true);
        index.put(state("b", 1, "{}").setExpiresAtMs(NOW.toEpochMilli() + 1).build(), true);

        assertThat(ids(ALL)).containsExactly("b");
        assertThat(index.over(NOW, 10)).extracting(one -> one.getMeta().getId()).containsExactly("a");
    }

    @Test
    void shouldFindTheNearestVectorsOfOneLength() throws IOException {
        index.put(state("a", 1, "{}", "x").setEmbedding(List.of(1f, 0f)).build(), true);
        index.put(state("b", 1, "{}", "x").setEmbedding(List.of(1f, 1f)).build(), true);
        index.put(state("c", 1, "{}").setEmbedding(List.of(1f, 0f)).build(), true);
        index.put(state("d", 1, "{}", "x").setEmbedding(List.of(1f, 0f, 0f)).build(), true);

        assertThat(ids(filter(selector -> selector.setAllTags(List.of("x"))).near(List.of(2f, 0.1f))))
                .containsExactly("a", "b");
    }

    /** The index narrows, the selection decides: together they must find what the selection alone would. */
    @Test
    void shouldFindWhatASelectionMatches() throws IOException {
        Random random = new Random(7);
        List<Breadcrumb> states = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            Breadcrumb state = state("b" + i, i, object(random, 0)).build();
            states.add(state);
            index.put(state, true);
        }
        index.put(
                state(
                                "large",
                                1_000,
                                "{\"many\":" + IntStream.range(0, 300).boxed().toList() + ",\"z\":1}")
                        .build(),
                true);
        states.add(there("large"));

        List<String> paths = List.of("a", "b", "c", "a.a", "a.b.0", "b.1", "c.a", "none", "z", "many.250");
        for (int i = 0; i < 1_500; i++) {
            String path = paths.get(random.nextInt(paths.size()));
            ContextOperator operator = OPERATORS.get(random.nextInt(OPERATORS.size()));
            String value = value(random, operator);
            Filter filter = where(path, operator, value);
            List<String> expected = states.stream()
                    .filter(state -> filter.selection()
                            .matches(List.of(), state.getMeta().getSchemaName(), state.getContext()))
                    .map(state -> state.getMeta().getId())
                    .toList();

            index.refresh();
            assertThat(index.find(filter, 500, null, NOW).breadcrumbs())
                    .as("%s %s %s", path, operator, value)
                    .extracting(one -> one.getMeta().getId())
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private Breadcrumb there(String id) throws IOException {
        index.refresh();
        Breadcrumb found = index.get(id);
        if (found == null) {
            throw new AssertionError("expected a breadcrumb " + id + ", got none");
        }
        return found;
    }

    private static String object(Random random, int depth) {
        StringBuilder object = new StringBuilder("{");
        for (String name : List.of("a", "b", "c")) {
            if (random.nextInt(4) > 0) {
                object.append(object.length() > 1 ? "," : "")
                        .append('"')
                        .append(name)
                        .append("\":");
                int kind = depth > 2 ? 0 : random.nextInt(5);
                object.append(
                        switch (kind) {
                            case 1 -> object(random, depth + 1);
                            case 2 -> "[" + scalar(random) + "," + scalar(random) + "]";
                            default -> scalar(random);
                        });
            }
        }
        return object.append('}').toString();
    }

    private static String scalar(Random random) {
        return List.of(
                        "1",
                        "1.0",
                        "2",
                        "-3",
                        "0",
                        "-0.0",
                        "1e3",
                        "\"x\"",
                        "\"xy\"",
                        "\"\u00e9\"",
                        "\"\uD83D\uDE00\"",
                        "\"\uFFFD\"",
                        "true",
                        "false",
                        "null",
                        "\"" + "l".repeat(300) + "\"")
                .get(random.nextInt(16));
    }

    private static String value(Random random, ContextOperator operator) {
        return switch (operator) {
            case CONTAINS_ANY -> "[" + scalar(random) + "," + scalar(random) + "]";
            case EXISTS -> List.of("true", "false", "null").get(random.nextInt(3));
            case GT, LT, GTE, LTE ->
                List.of("1", "0", "-0.0", "1e3", "\"x\"", "\"\uD83D\uDE00\"", "\"a\"")
                        .get(random.nextInt(7));
            default -> scalar(random);
        };
    }

    @ParameterizedTest
    @CsvSource({"1", "3", "7", "50"})
    void shouldGiveEachBreadcrumbOnceOverAllPages(int limit) throws IOException {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            put("id-" + (char) ('A' + i), i / 4, "{\"n\":" + i % 3 + ",\"t\":\"word\"}");
        }
        for (int i = 39; i >= 0; i--) {
            expected.add("id-" + (char) ('A' + i));
        }
        index.refresh();

        List<String> all = pages(ALL, limit);
        List<String> some = pages(where("n", ContextOperator.NE, "0"), limit);
        List<String> best = pages(ALL.text("word"), limit);

        assertThat(all).hasSize(40).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
        assertThat(all.subList(0, 4)).containsExactlyInAnyOrderElementsOf(expected.subList(0, 4));
        assertThat(some).hasSize(26).doesNotHaveDuplicates();
        assertThat(best).hasSize(40).doesNotHaveDuplicates();
    }

    private List<String> pages(Filter filter, int limit) throws IOException {
        List<String> found = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            Page page = index.find(filter, limit, cursor, NOW);
            page.breadcrumbs().forEach(one -> found.add(one.getMeta().getId()));
            assertThat(page.breadcrumbs()).hasSizeLessThanOrEqualTo(limit);
            cursor = page.cursor();
        } while (cursor != null);
        return found;
    }

    @Test
    void shouldRefuseTheCursorOfAnotherSearch() throws IOException {
        put("a", 1, "{}");
        put("b", 2, "{}");
        index.refresh();
        String cursor = index.find(ALL, 1, null, NOW).cursor();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> index.find(ALL.text("title"), 1, cursor, NOW))
                .withMessageStartingWith("cursor: expected");
        for (String none : List.of("", "x", "!", "AAAA".repeat(10))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> index.find(ALL, 1, none, NOW))
                    .withMessageStartingWith("cursor: expected");
        }
    }

    @Test
    void shouldKeepWhatWasCommitted() throws IOException {
        put("a", 1, "{}");
        index.commit(Map.of("offset.0", "7"));
        put("b", 1, "{}");
        index.close();
        open();

        assertThat(index.saved()).containsOnly(Map.entry("offset.0", "7"));
        assertThat(ids(ALL)).containsExactly("a");
        index.clear();
        assertThat(ids(ALL)).isEqualTo(Collections.emptyList());
        assertThat(index.saved()).isEmpty();
    }
}
