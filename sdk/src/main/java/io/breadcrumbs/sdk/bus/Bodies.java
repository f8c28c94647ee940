package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.schemas.BlobChunk;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.schemas.wire.UndecodableException;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.Digests;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.PartitionReader;
import io.breadcrumbs.sdk.log.Position;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * The claim check: a record with a large body is published as chunks, and, when those are durable, as a record that
 * names them instead of the body. Receivers get the whole record; no loop waits while the chunks are read.
 *
 * <p>The chunks hold the whole encoded record, so that the kinds of record need no rules of their own; a claim says
 * where they stand: {@code id@partition:offset+count}.
 */
final class Bodies {

    private static final String CLAIM = "blob";
    private static final Map<String, List<String>> BODY_FIELDS = Map.of(
            "ToolRequest", List.of("input"),
            "ToolResponse", List.of("output"),
            "WorkflowCommand", List.of("definition", "payload"),
            "BreadcrumbCommand", List.of("context"),
            "BreadcrumbEvent", List.of("context"),
            "Breadcrumb", List.of("context"));
    /** So many chunks of the usual size are as much as an array holds. */
    private static final int CHUNKS_AT_MOST = 4_096;

    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final int POLLS_AT_MOST = 300;
    private static final Duration AGAIN = Duration.ofSeconds(1);

    /** Publishes one chunk. */
    @FunctionalInterface
    interface Chunks {
        CompletableFuture<Position> publish(Draft<BlobChunk> chunk);
    }

    /** Where the chunks of a body stand. */
    record Claim(String id, int partition, long offset, int count) {

        private static final Pattern FORM = Pattern.compile("(.+)@(\\d{1,9}):(\\d{1,18})\\+(\\d{1,9})");

        /** What a record names as its body; anybody may have written it. */
        static Claim parse(String text) throws MissingBodyException {
            Matcher form = FORM.matcher(text);
            if (form.matches()) {
                Claim claim = new Claim(
                        form.group(1),
                        Integer.parseInt(form.group(2)),
                        Long.parseLong(form.group(3)),
                        Integer.parseInt(form.group(4)));
                if (claim.count > 0 && claim.count <= CHUNKS_AT_MOST) {
                    return claim;
                }
            }
            throw new MissingBodyException(
                    "blob: expected id@partition:offset+count with 1 to " + CHUNKS_AT_MOST + " chunks, got " + text);
        }

        boolean names(BlobChunk chunk) {
            return chunk.getBlobId().equals(id) && chunk.getIndex() >= 0 && chunk.getIndex() < count;
        }

        @Override
        public String toString() {
            return id + "@" + partition + ":" + offset + "+" + count;
        }
    }

    /** A body that is being read: null while it is on its way, then its bytes or why they cannot be had. */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    private record Body(byte @Nullable [] bytes, @Nullable String missing) {}

    private final Parts parts;
    private final Chunks chunks;
    private final Map<Position, Body> bodies = new ConcurrentHashMap<>();
    private static final Body ON_ITS_WAY = new Body(null, null);

    Bodies(Parts parts, Chunks chunks) {
        this.parts = parts;
        this.chunks = chunks;
    }

    /** Whether records of this topic can have their body elsewhere. */
    boolean canLeave(Topic<?> topic) {
        return BODY_FIELDS.containsKey(topic.schema().getName());
    }

    boolean isElsewhere(Topic<?> topic, SpecificRecord value) {
        Schema.Field claim = topic.schema().getField(CLAIM);
        return claim != null && value.get(claim.pos()) != null;
    }

    /** Publishes the body of a record; completes, when that is durable, with the record that names it. */
    <V extends SpecificRecord> CompletableFuture<V> detach(Topic<V> topic, V value, byte[] encoded, String id) {
        int size = parts.limits().bodyBytes();
        int count = (encoded.length + size - 1) / size;
        if (count > CHUNKS_AT_MOST) {
            return CompletableFuture.failedFuture(new BusException(
                    ErrorCode.TOO_LARGE,
                    "a record for " + topic + " has " + encoded.length + " bytes, at most "
                            + (long) CHUNKS_AT_MOST * size + " are allowed"));
        }
        int partitions = blobPartitions();
        if (partitions == 0) {
            return CompletableFuture.failedFuture(new BusException(
                    ErrorCode.AWAY,
                    "topic " + Catalogue.BLOB + ", for the body of a record for " + topic
                            + ", is not known yet; readiness says why"));
        }
        int partition = Publisher.partition(id.getBytes(StandardCharsets.UTF_8), partitions);
        List<CompletableFuture<Position>> published = new ArrayList<>();
        String sha256 = HexFormat.of().formatHex(Digests.sha256(encoded));
        for (int i = 0; i < count; i++) {
            ByteBuffer bytes = ByteBuffer.wrap(encoded, i * size, Math.min(size, encoded.length - i * size))
                    .slice();
            String key = id + "/" + i; // each its own, since the topic is compacted
            BlobChunk chunk = new BlobChunk(
                    Records.meta(Catalogue.BLOB, key, parts.time().now(), parts.instance()),
                    id,
                    i,
                    count,
                    bytes,
                    (long) encoded.length,
                    sha256);
            published.add(chunks.publish(Draft.of(Catalogue.BLOB, key, chunk).to(partition)));
        }
        return CompletableFuture.allOf(published.toArray(CompletableFuture[]::new))
                .thenApply(_ -> {
                    Position first = published.stream()
                            .map(CompletableFuture::join)
                            .min((a, b) -> Long.compare(a.offset(), b.offset()))
                            .orElseThrow();
                    return named(topic, value, new Claim(id, first.partition().number(), first.offset(), count));
                });
    }

    private int blobPartitions() {
        return parts.log().partitions(Catalogue.BLOB.name());
    }

    private static <V extends SpecificRecord> V named(Topic<V> topic, V value, Claim claim) {
        V other = topic.blank();
        List<String> bodyFields = BODY_FIELDS.getOrDefault(topic.schema().getName(), List.of());
        for (Schema.Field field : topic.schema().getFields()) {
            if (field.name().equals(CLAIM)) {
                other.put(field.pos(), claim.toString());
            } else if (!bodyFields.contains(field.name())) {
                other.put(field.pos(), value.get(field.pos()));
            } else {
                other.put(field.pos(), field.schema().isNullable() ? null : "");
            }
        }
        return other;
    }

    /** The whole record; null while its body is on its way, {@code wake} is called when it has come. */
    <V extends SpecificRecord> @Nullable V attached(Topic<V> topic, V value, Position at, Runnable wake)
            throws MissingBodyException, UndecodableException {
        Body body = bodies.get(at);
        if (body == null) {
            Claim claim = Claim.parse(
                    String.valueOf(value.get(topic.schema().getField(CLAIM).pos())));
            if (bodies.putIfAbsent(at, ON_ITS_WAY) == null) {
                parts.hands().execute(() -> fetch(claim, at, wake));
            }
            return null;
        }
        if (body.missing() != null) {
            bodies.remove(at);
            throw new MissingBodyException(body.missing());
        }
        byte[] bytes = body.bytes();
        if (bytes == null) {
            return null;
        }
        bodies.remove(at);
        return parts.wire().decode(topic, bytes);
    }

    /** Nobody wants this body any more. */
    void forget(Position at) {
        bodies.remove(at);
    }

    /** How many bodies are being read or wait to be taken. */
    int kept() {
        return bodies.size();
    }

    private void fetch(Claim claim, Position at, Runnable wake) {
        int partitions = blobPartitions(); // 0 while that is not known
        if (partitions > 0 && claim.partition() >= partitions) {
            String missing = Catalogue.BLOB + " has " + partitions + " partitions, " + claim + " names another";
            bodies.replace(at, ON_ITS_WAY, new Body(null, missing));
            wake.run();
            return;
        }
        Partition partition = new Partition(Catalogue.BLOB.name(), claim.partition());
        try (PartitionReader reader = parts.log().reader()) {
            reader.add(partition, claim.offset());
            bodies.replace(at, ON_ITS_WAY, read(reader, claim)); // unless nobody wants it any more
        } catch (RuntimeException e) { // the log cannot be read at the moment: asked again
            parts.time().after(AGAIN, () -> {
                bodies.remove(at);
                wake.run();
            });
            return;
        }
        wake.run();
    }

    private Body read(PartitionReader reader, Claim claim) {
        byte[][] found = new byte[claim.count()][];
        int missing = claim.count();
        for (int polls = 0; polls < POLLS_AT_MOST; polls++) {
            for (Fetched fetched : reader.poll(PATIENCE)) {
                BlobChunk chunk = chunk(fetched);
                if (chunk != null && claim.names(chunk) && found[chunk.getIndex()] == null) {
                    ByteBuffer bytes = chunk.getBytes().duplicate();
                    found[chunk.getIndex()] = new byte[bytes.remaining()];
                    bytes.get(found[chunk.getIndex()]);
                    if (--missing == 0) {
                        return whole(found, chunk, claim);
                    }
                }
            }
        }
        return new Body(null, missing + " of " + claim.count() + " chunks of " + claim + " are not in the log");
    }

    private static Body whole(byte[][] found, BlobChunk chunk, Claim claim) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : found) {
            bytes.writeBytes(part);
        }
        byte[] all = bytes.toByteArray();
        String sha256 = HexFormat.of().formatHex(Digests.sha256(all));
        return sha256.equals(chunk.getSha256())
                ? new Body(all, null)
                : new Body(null, "chunks of " + claim + " do not give the body that was published");
    }

    private @Nullable BlobChunk chunk(Fetched fetched) {
        byte[] value = fetched.record().value();
        if (value == null) {
            return null;
        }
        try {
            if (!parts.wire().knows(value)) {
                parts.wire().learn(value);
            }
            return parts.wire().decode(Catalogue.BLOB, value);
        } catch (UndecodableException e) {
            return null; // somebody else's record: not the chunk that is looked for
        }
    }
}
