package io.breadcrumbs.api.view;

import io.breadcrumbs.schemas.Breadcrumb;
import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.sdk.log.Position;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedNumericSelector;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** The breadcrumbs and their histories in Lucene. Thread-safe; what was put in is found after a refresh. */
final class Index implements AutoCloseable {

    private static final String FORMAT = "format";
    private static final double BUFFER_MB = 24;

    /** So many breadcrumbs are looked at for one page; if their contexts meet a condition too seldom, it is short. */
    private static final int LOOKED_AT = 5_000;

    /** How many there are in all is not asked for. */
    private static final int UNCOUNTED = 0;

    private static final int HISTORY_AT_MOST = 1_000;
    private static final Sort NEWEST = new Sort(newest(), new SortField(Documents.ORDER, SortField.Type.LONG));
    private static final Sort BEST =
            new Sort(SortField.FIELD_SCORE, newest(), new SortField(Documents.ORDER, SortField.Type.LONG));

    /** Lucene asks for an incubating module of the JDK and warns that it is not there. */
    private static final Logger VECTORS =
            Logger.getLogger("org.apache.lucene.internal.vectorization.VectorizationProvider");

    static {
        VECTORS.setLevel(Level.SEVERE);
    }

    private final Analyzer analyzer = new StandardAnalyzer();
    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;

    private static SortField newest() {
        return LongField.newSortField(Documents.CREATED, true, SortedNumericSelector.Type.MIN);
    }

    /** Opens the index in a folder, which is made if it is not there; one of another format begins anew. */
    Index(Path folder) throws IOException {
        directory = FSDirectory.open(folder);
        IndexWriterConfig config = new IndexWriterConfig(analyzer);
        config.setRAMBufferSizeMB(BUFFER_MB);
        config.setCommitOnClose(false);
        config.setIndexSort(NEWEST); // so that a page of the newest is found without a look at all the others
        boolean known = DirectoryReader.indexExists(directory)
                && Documents.FORMAT.equals(committed(directory).get(FORMAT));
        config.setOpenMode(known ? IndexWriterConfig.OpenMode.APPEND : IndexWriterConfig.OpenMode.CREATE);
        writer = new IndexWriter(directory, config);
        searchers = new SearcherManager(writer, null);
    }

    private static Map<String, String> committed(Directory directory) throws IOException {
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            return reader.getIndexCommit().getUserData();
        }
    }

    /** What was said at the last commit; empty if there was none. */
    Map<String, String> saved() {
        Map<String, String> saved = new HashMap<>();
        Iterable<Map.Entry<String, String>> data = writer.getLiveCommitData();
        if (data != null) {
            data.forEach(entry -> saved.put(entry.getKey(), entry.getValue()));
        }
        saved.remove(FORMAT);
        return saved;
    }

    /** Makes durable what was put in so far; what is said beside it must be true of that. */
    void commit(Map<String, String> beside) throws IOException {
        Map<String, String> data = new HashMap<>(beside);
        data.put(FORMAT, Documents.FORMAT);
        writer.setLiveCommitData(data.entrySet());
        writer.commit();
    }

    void clear() throws IOException {
        writer.deleteAll();
        commit(Map.of());
    }

    // ------------------------------------------------------------------ in

    /** @param maybeThere a version of it may have been put in before */
    void put(Breadcrumb state, boolean maybeThere) throws IOException {
        put(Documents.of(state), new Term(Documents.ID, state.getMeta().getId()), maybeThere);
    }

    void remove(String id) throws IOException {
        writer.deleteDocuments(new Term(Documents.ID, id));
    }

    /** @param maybeThere it may have been put in before */
    void note(BreadcrumbEvent event, Position position, boolean maybeThere) throws IOException {
        put(Documents.of(event, position), new Term(Documents.AT, Documents.at(position)), maybeThere);
    }

    /** To look for what is to be replaced takes longer than all the rest. */
    private void put(Document document, Term id, boolean maybeThere) throws IOException {
        if (maybeThere) {
            writer.updateDocument(id, document);
        } else {
            writer.addDocument(document);
        }
    }

    /** From now on all is found that was put in before this was called. */
    void refresh() throws IOException {
        searchers.maybeRefreshBlocking();
    }

    // ------------------------------------------------------------------ out

    private interface Search<T extends @Nullable Object> {
        T in(IndexSearcher searcher) throws IOException;
    }

    private <T extends @Nullable Object> T search(Search<T> search) throws IOException {
        IndexSearcher searcher = searchers.acquire();
        try {
            return search.in(searcher);
        } finally {
            searchers.release(searcher);
        }
    }

    /** The breadcrumb of this id, whatever its workspace; null if there is none. */
    @Nullable
    Breadcrumb get(String id) throws IOException {
        return this.<@Nullable Breadcrumb>search(searcher -> {
            ScoreDoc[] found = searcher.search(new TermQuery(new Term(Documents.ID, id)), 1).scoreDocs;
            return found.length == 0 ? null : record(searcher.storedFields(), found[0]);
        });
    }

    /** @throws IllegalArgumentException if the cursor is wrong */
    Page find(Filter filter, int limit, @Nullable String cursor, Instant now) throws IOException {
        Query query = Queries.of(filter, analyzer, now);
        Cursor from = cursor == null ? null : Cursor.parse(cursor, filter);
        return search(searcher -> {
            int docs = searcher.getIndexReader().maxDoc();
            if (docs == 0) {
                return new Page(List.of(), null);
            }
            return filter.near().isEmpty()
                    ? page(searcher, query, filter, limit, from == null ? null : from.after(docs))
                    : nearest(searcher, query, filter, limit);
        });
    }

    private static Page page(IndexSearcher searcher, Query query, Filter filter, int limit, @Nullable FieldDoc from)
            throws IOException {
        List<Breadcrumb> found = new ArrayList<>();
        Sort sort = filter.text() == null ? NEWEST : BEST;
        FieldDoc after = from;
        int looked = 0;
        while (true) {
            int atOnce = Math.max(limit - found.size() + 1, Math.min(looked, 500));
            ScoreDoc[] docs =
                    searcher.search(query, new TopFieldCollectorManager(sort, atOnce, after, UNCOUNTED)).scoreDocs;
            StoredFields stored = searcher.storedFields();
            for (int i = 0; i < docs.length; i++) {
                if (found.size() == limit) {
                    return new Page(found, cursor(after, filter));
                }
                Breadcrumb one = record(stored, docs[i]);
                if (matches(filter, one)) {
                    found.add(one);
                }
                after = (FieldDoc) docs[i];
            }
            looked += docs.length;
            if (docs.length < atOnce) {
                return new Page(found, null);
            }
            if (looked >= LOOKED_AT) {
                return new Page(found, cursor(after, filter));
            }
        }
    }

    private static @Nullable String cursor(@Nullable FieldDoc last, Filter filter) {
        return last == null ? null : Cursor.of(last, filter).toString();
    }

    private static Page nearest(IndexSearcher searcher, Query query, Filter filter, int limit) throws IOException {
        String field = Documents.vectorField(filter.near().size());
        Query near = new KnnFloatVectorQuery(field, Documents.vector(filter.near()), limit, query);
        List<Breadcrumb> found = new ArrayList<>();
        StoredFields stored = searcher.storedFields();
        for (ScoreDoc doc : searcher.search(near, limit).scoreDocs) {
            Breadcrumb one = record(stored, doc);
            if (matches(filter, one)) {
                found.add(one);
            }
        }
        return new Page(found, null);
    }

    /** What the index cannot tell is compared here. */
    private static boolean matches(Filter filter, Breadcrumb one) {
        return filter.selection().context().isEmpty()
                || filter.selection()
                        .matches(one.getMeta().getTags(), one.getMeta().getSchemaName(), one.getContext());
    }

    private static Breadcrumb record(StoredFields stored, ScoreDoc doc) throws IOException {
        BytesRef bytes = stored.document(doc.doc).getBinaryValue(Documents.RECORD);
        if (bytes == null) {
            throw new IOException("a document without a record: the index is to be made anew");
        }
        return Documents.decoded(bytes);
    }

    /** Breadcrumbs whose time is over. */
    List<Breadcrumb> over(Instant now, int most) throws IOException {
        return search(searcher -> {
            List<Breadcrumb> over = new ArrayList<>();
            for (ScoreDoc doc : searcher.search(Queries.over(now), most).scoreDocs) {
                over.add(record(searcher.storedFields(), doc));
            }
            return over;
        });
    }

    /** Where the events of a breadcrumb stand, those of the last thousand; partition and offset with an at between. */
    List<String> history(String id) throws IOException {
        Sort latest = new Sort(new SortField(Documents.VERSION, SortField.Type.LONG, true));
        return search(searcher -> {
            List<String> places = new ArrayList<>();
            TermQuery of = new TermQuery(new Term(Documents.OF, id));
            for (ScoreDoc doc : searcher.search(of, HISTORY_AT_MOST, latest).scoreDocs) {
                places.add(searcher.storedFields().document(doc.doc).get(Documents.AT));
            }
            return places;
        });
    }

    /** Closes without a commit. */
    @Override
    public void close() throws IOException {
        searchers.close();
        writer.close();
        directory.close();
    }
}
