package io.breadcrumbs.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.sdk.selector.Condition;
import io.breadcrumbs.sdk.selector.Selection;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexOrDocValuesQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.QueryBuilder;
import org.jspecify.annotations.Nullable;

/** Filters as queries of the index. What conditions on the context leave in is still to be compared with them. */
final class Queries {

    private Queries() {}

    static Query of(Filter filter, Analyzer analyzer, Instant now) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        all.add(new TermQuery(new Term(Documents.WORKSPACE, filter.viewer().workspace())), Occur.FILTER);
        if (!filter.viewer().all()) {
            all.add(seenBy(filter.viewer().name()), Occur.FILTER);
        }
        all.add(over(now), Occur.MUST_NOT);
        select(filter.selection(), all);
        span(Documents.CREATED, filter.created(), all);
        span(Documents.UPDATED, filter.updated(), all);
        String text = filter.text();
        if (text != null) {
            Query words = new QueryBuilder(analyzer).createBooleanQuery(Documents.TEXT, text, Occur.MUST);
            all.add(words == null ? new MatchNoDocsQuery("no words in it") : words, Occur.MUST);
        }
        return all.build();
    }

    private static Query seenBy(String name) {
        return new BooleanQuery.Builder()
                .add(new TermQuery(new Term(Documents.SEEN, Documents.BY_ALL)), Occur.SHOULD)
                .add(new TermQuery(new Term(Documents.SEEN, Documents.by(name))), Occur.SHOULD)
                .build();
    }

    /** Those whose time is over, though nobody has taken them away yet. */
    static Query over(Instant now) {
        return LongField.newRangeQuery(Documents.EXPIRES, Long.MIN_VALUE, now.toEpochMilli());
    }

    private static void span(String field, Filter.Span span, BooleanQuery.Builder all) {
        if (!span.equals(Filter.Span.ALWAYS)) {
            all.add(LongField.newRangeQuery(field, span.fromMs(), span.toMs()), Occur.FILTER);
        }
    }

    private static void select(Selection selection, BooleanQuery.Builder all) {
        if (!selection.anyTags().isEmpty()) {
            all.add(tags(selection.anyTags()), Occur.FILTER);
        }
        selection.allTags().forEach(tag -> all.add(tags(List.of(tag)), Occur.FILTER));
        if (!selection.noneTags().isEmpty()) {
            all.add(tags(selection.noneTags()), Occur.MUST_NOT);
        }
        String schema = selection.schemaName();
        if (schema != null) {
            all.add(new TermQuery(new Term(Documents.SCHEMA, schema)), Occur.FILTER);
        }
        selection.context().forEach(condition -> condition(condition, all));
    }

    private static Query tags(Collection<String> tags) {
        return tags.size() == 1
                ? new TermQuery(new Term(Documents.TAG, tags.iterator().next())) // a set is read to its end
                : new TermInSetQuery(
                        Documents.TAG, tags.stream().map(BytesRef::new).toList());
    }

    /** Narrows where the index can; a context of which it does not know all stays in. */
    private static void condition(Condition condition, BooleanQuery.Builder all) {
        String path = String.join(".", condition.path());
        JsonNode value = condition.value();
        @Nullable
        Query narrow = switch (condition.operator()) {
            case EQ -> equal(path, value);
            case GT, GTE -> range(path, value, true);
            case LT, LTE -> range(path, value, false);
            case CONTAINS, CONTAINS_ANY -> there(path);
            case EXISTS -> value.isNull() || value.asBoolean() ? there(path) : null;
            case NE, UNKNOWN -> null;
        };
        if (narrow != null) {
            all.add(
                    new BooleanQuery.Builder()
                            .add(narrow, Occur.SHOULD)
                            .add(new TermQuery(new Term(ContextTerms.PARTIAL, "1")), Occur.SHOULD)
                            .build(),
                    Occur.FILTER);
        }
    }

    private static Query there(String path) {
        return new TermQuery(new Term(ContextTerms.THERE, path));
    }

    private static Query equal(String path, JsonNode value) {
        if (value.isNumber()) {
            return new TermQuery(new Term(ContextTerms.NUMBER, ContextTerms.number(path, value.doubleValue())));
        }
        return value.isTextual()
                ? new TermQuery(new Term(ContextTerms.TEXT, ContextTerms.text(path, value.textValue())))
                : there(path);
    }

    /** With both ends, since the index knows numbers and texts less exactly than the condition. */
    private static Query range(String path, JsonNode value, boolean above) {
        if (value.isTextual() && value.textValue().chars().anyMatch(c -> c >= Character.MIN_SURROGATE)) {
            return there(path); // the index has another order of those
        }
        String field = value.isNumber() ? ContextTerms.NUMBER : ContextTerms.TEXT;
        String bound = value.isNumber()
                ? ContextTerms.number(path, value.doubleValue())
                : ContextTerms.text(path, value.textValue());
        String from = above ? bound : ContextTerms.begin(path);
        String to = above ? ContextTerms.end(path) : bound;
        Query terms = TermRangeQuery.newStringRange(field, from, to, true, !above);
        // where few are left to look at, it is quicker to look at their values than at all terms in the range
        return value.isNumber()
                ? new IndexOrDocValuesQuery(
                        terms,
                        SortedSetDocValuesField.newSlowRangeQuery(
                                field, new BytesRef(from), new BytesRef(to), true, !above))
                : terms;
    }
}
