package io.breadcrumbs.api.rest;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.api.http.Bodies;
import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.view.Filter;
import io.breadcrumbs.api.view.Filter.Span;
import io.breadcrumbs.api.view.Page;
import io.breadcrumbs.api.view.Seen;
import io.breadcrumbs.api.view.Viewer;
import io.breadcrumbs.schemas.ContextCondition;
import io.breadcrumbs.schemas.ContextOperator;
import io.breadcrumbs.schemas.Selector;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.selector.Selection;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What callers look for. */
public final class Searches {

    static final int LIMIT = 50;
    static final int LIMIT_AT_MOST = 500;
    private static final int TEXT_CHARS = 1_000;
    private static final int CONDITIONS = 50;
    private static final Pattern PLACE = Pattern.compile("(\\d{1,6})@(\\d{1,18})");

    private Searches() {}

    /** A search as its body says it. */
    record Search(
            @JsonProperty("selector") @Nullable Selecting selector,
            @Nullable String text,
            @Nullable Times created,
            @Nullable Times updated,
            @Nullable List<Float> near,
            @Nullable Integer limit,
            @Nullable String cursor,
            @Nullable Boolean full) {

        Search {
            Bodies.withoutNulls("near", near);
        }

        Filter filter(Viewer viewer) {
            Filter filter = Filter.of(viewer, selector == null ? selection(List.of(), null) : selector.selection());
            filter = text == null ? filter : filter.text(bounded(text));
            filter = near == null ? filter : filter.near(near);
            filter = created == null ? filter : filter.created(created.span("created"));
            return updated == null ? filter : filter.updated(updated.span("updated"));
        }

        int most() {
            return Searches.limit(limit);
        }
    }

    /** Which breadcrumbs are meant, as the selectors of streams and triggers say it. */
    public record Selecting(
            @JsonProperty("any_tags") @Nullable List<String> anyTags,
            @JsonProperty("all_tags") @Nullable List<String> allTags,
            @JsonProperty("none_tags") @Nullable List<String> noneTags,
            @JsonProperty("schema_name") @Nullable String schemaName,
            @JsonProperty("context_match") @Nullable List<Match> contextMatch) {

        public Selecting {
            Bodies.withoutNulls("selector.any_tags", anyTags);
            Bodies.withoutNulls("selector.all_tags", allTags);
            Bodies.withoutNulls("selector.none_tags", noneTags);
            Bodies.withoutNulls("selector.context_match", contextMatch);
        }

        public Selection selection() {
            List<Match> matches = contextMatch == null ? List.of() : contextMatch;
            if (matches.size() > CONDITIONS) {
                throw Bodies.wrong(
                        "selector.context_match", "expected at most " + CONDITIONS + ", got " + matches.size());
            }
            try {
                return Selection.of(Selector.newBuilder()
                        .setAnyTags(anyTags == null ? List.of() : anyTags)
                        .setAllTags(allTags == null ? List.of() : allTags)
                        .setNoneTags(noneTags == null ? List.of() : noneTags)
                        .setSchemaName(schemaName)
                        .setContext(matches.stream().map(Match::condition).toList())
                        .build());
            } catch (IllegalArgumentException e) {
                throw Bodies.wrong("selector", String.valueOf(e.getMessage()));
            }
        }
    }

    /** A condition on a field. */
    public record Match(
            String path,
            @JsonAlias("operator") String op,
            @Nullable JsonNode value) {

        ContextCondition condition() {
            String name = op == null ? "none" : op.toUpperCase(Locale.ROOT);
            boolean known = Arrays.stream(ContextOperator.values())
                    .anyMatch(
                            one -> one != ContextOperator.UNKNOWN && one.name().equals(name));
            if (!known) {
                throw Bodies.wrong(
                        "selector.context_match.op",
                        "expected eq, ne, gt, lt, gte, lte, contains, contains_any or exists, got " + op);
            }
            String plain = path == null ? "" : path.startsWith("$.") ? path.substring(2) : path;
            return new ContextCondition(
                    plain, ContextOperator.valueOf(name), value == null ? "null" : value.toString());
        }
    }

    /** From one moment to another, both included. */
    record Times(@Nullable String from, @Nullable String to) {

        Span span(String field) {
            return Searches.span(field, from, to);
        }
    }

    /** The page that a search finds, as it is answered. */
    static ObjectNode found(BreadcrumbStore store, Search search, Caller caller, Seen seen) {
        Page page = store.find(search.filter(BreadcrumbStore.viewer(caller)), search.most(), search.cursor(), seen);
        return shape(page, Boolean.TRUE.equals(search.full()));
    }

    static ObjectNode shape(Page page, boolean full) {
        List<ObjectNode> items = page.breadcrumbs().stream()
                .map(one -> full ? Shapes.full(one) : Shapes.context(one))
                .toList();
        return Shapes.list(items, page.cursor());
    }

    static Span span(String field, @Nullable String from, @Nullable String to) {
        Instant first = from == null ? null : Bodies.instant(field + ".from", from);
        Instant last = to == null ? null : Bodies.instant(field + ".to", to);
        return new Span(
                first == null ? Long.MIN_VALUE : first.toEpochMilli(),
                last == null ? Long.MAX_VALUE : last.toEpochMilli());
    }

    static Selection selection(List<String> allTags, @Nullable String schemaName) {
        return Selection.of(Selector.newBuilder()
                .setAllTags(allTags)
                .setSchemaName(schemaName)
                .build());
    }

    static String bounded(String text) {
        if (text.length() > TEXT_CHARS) {
            throw Bodies.wrong("text", "expected at most " + TEXT_CHARS + " characters, got " + text.length());
        }
        return text;
    }

    static int limit(@Nullable Integer asked) {
        int limit = asked == null ? LIMIT : asked;
        if (limit < 1 || limit > LIMIT_AT_MOST) {
            throw Bodies.wrong("limit", "expected 1 to " + LIMIT_AT_MOST + ", got " + limit);
        }
        return limit;
    }

    /** The positions of changes, with commas between, that a read must show. */
    static Seen seen(@Nullable String positions) {
        Seen seen = Seen.NOTHING;
        if (positions == null || positions.isBlank()) {
            return seen;
        }
        for (String one : positions.split(",", -1)) {
            Matcher place = PLACE.matcher(one.strip());
            if (!place.matches()) {
                throw Bodies.wrong("seen", "expected positions like 3@1207 as changes answer them, got " + positions);
            }
            Partition partition = new Partition(Catalogue.BREADCRUMB_EVENT.name(), Integer.parseInt(place.group(1)));
            seen = seen.and(new Position(partition, Long.parseLong(place.group(2))));
        }
        return seen;
    }
}
