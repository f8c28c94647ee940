package io.breadcrumbs.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.schemas.Breadcrumb;
import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.schemas.Meta;
import io.breadcrumbs.schemas.Visibility;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.Values;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.SchemaNormalization;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Breadcrumbs, and the events of their histories, as documents of the index. */
final class Documents {

    /** What documents and fields are: an index of another format is made anew. */
    static final String FORMAT =
            "4/" + Long.toHexString(SchemaNormalization.parsingFingerprint64(Breadcrumb.getClassSchema()));

    static final String ID = "id";
    /** Tells apart what was created in the same millisecond: a number, since a page is sorted by it. */
    static final String ORDER = "order";

    static final String WORKSPACE = "workspace";
    static final String SCHEMA = "schema";
    static final String TAG = "tag";

    /** Who may see it: everybody in its workspace, or those who are named. */
    static final String SEEN = "seen";

    static final String BY_ALL = "*";
    static final String CREATED = "created";
    static final String UPDATED = "updated";
    static final String EXPIRES = "expires";
    static final String TEXT = "text";
    static final String RECORD = "record";

    /** The breadcrumb whose history an event belongs to. */
    static final String OF = "of";

    static final String AT = "at";
    static final String VERSION = "version";

    /** How much of a breadcrumb's text can be found. */
    static final int WORDS_CHARS = 100_000;

    private Documents() {}

    static Document of(Breadcrumb state) {
        Meta meta = state.getMeta();
        Document document = new Document();
        document.add(new StringField(ID, meta.getId(), Store.NO));
        document.add(new NumericDocValuesField(ORDER, order(meta.getId())));
        document.add(new StringField(WORKSPACE, meta.getWorkspace(), Store.NO));
        document.add(new StringField(SCHEMA, meta.getSchemaName(), Store.NO));
        seen(state).forEach(who -> document.add(new StringField(SEEN, who, Store.NO)));
        meta.getTags().forEach(tag -> document.add(new StringField(TAG, tag, Store.NO)));
        document.add(new LongField(CREATED, meta.getCreatedAtMs(), Store.NO));
        document.add(new LongField(UPDATED, meta.getUpdatedAtMs(), Store.NO));
        Long expires = state.getExpiresAtMs();
        if (expires != null) {
            document.add(new LongField(EXPIRES, expires, Store.NO));
        }
        StringBuilder words = new StringBuilder();
        words.append(meta.getTitle() == null ? "" : meta.getTitle());
        JsonNode context = parsed(state.getContext());
        if (context != null) {
            ContextTerms.add(document, context, words);
        }
        document.add(new TextField(TEXT, words.toString(), Store.NO));
        List<Float> embedding = state.getEmbedding();
        if (!embedding.isEmpty()) {
            document.add(new KnnFloatVectorField(
                    vectorField(embedding.size()), vector(embedding), VectorSimilarityFunction.COSINE));
        }
        document.add(new StoredField(RECORD, encoded(state)));
        return document;
    }

    private static long order(String id) {
        return SchemaNormalization.fingerprint64(id.getBytes(StandardCharsets.UTF_8));
    }

    private static Set<String> seen(Breadcrumb state) {
        Set<String> seen = new HashSet<>();
        if (state.getVisibility() == Visibility.WORKSPACE || state.getVisibility() == Visibility.PUBLIC) {
            seen.add(BY_ALL);
        }
        state.getAcl().forEach(name -> seen.add(by(name)));
        String author = state.getCreatedBy();
        if (author != null) {
            seen.add(by(author));
        }
        return seen;
    }

    static String by(String name) {
        return "=" + name;
    }

    /** One version in the history of a breadcrumb: where it stands in the log. */
    static Document of(BreadcrumbEvent event, Position position) {
        Document document = new Document();
        document.add(new StringField(AT, at(position), Store.YES));
        document.add(new StringField(OF, event.getBreadcrumbId(), Store.NO));
        document.add(new NumericDocValuesField(VERSION, event.getMeta().getUpdatedAtMs()));
        return document;
    }

    static String at(Position position) {
        return position.partition().number() + "@" + position.offset();
    }

    /** Vectors of one length can be compared. */
    static String vectorField(int length) {
        return "vector" + length;
    }

    static float[] vector(List<Float> numbers) {
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = numbers.get(i);
        }
        return vector;
    }

    private static @Nullable JsonNode parsed(String context) {
        try {
            return Values.parse(context);
        } catch (ToolFailure e) {
            return null; // it can be found by everything else
        }
    }

    /** The state that an event leaves behind. */
    static Breadcrumb state(BreadcrumbEvent event) {
        Meta said = event.getMeta();
        String schema = event.getSchemaName();
        String context = event.getContext();
        Meta meta = new Meta(
                event.getBreadcrumbId(),
                schema == null ? "" : schema,
                event.getTitle(),
                event.getTags(),
                said.getWorkspace(),
                event.getBreadcrumbVersion(),
                event.getCreatedAtMs(),
                said.getUpdatedAtMs(),
                said.getAuthor(),
                said.getTrace());
        return Breadcrumb.newBuilder()
                .setMeta(meta)
                .setContext(context == null ? "{}" : context)
                .setChecksum(event.getChecksum())
                .setExpiresAtMs(event.getExpiresAtMs())
                .setVisibility(event.getVisibility())
                .setAcl(event.getAcl())
                .setEmbedding(event.getEmbedding())
                .setCreatedBy(event.getCreatedBy())
                .build();
    }

    private static BytesRef encoded(Breadcrumb state) {
        try {
            ByteBuffer bytes = Breadcrumb.getEncoder().encode(state);
            return new BytesRef(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        } catch (IOException e) {
            throw new IllegalStateException("an array does not fail", e);
        }
    }

    static Breadcrumb decoded(BytesRef bytes) throws IOException {
        return Breadcrumb.getDecoder().decode(ByteBuffer.wrap(bytes.bytes, bytes.offset, bytes.length));
    }
}
