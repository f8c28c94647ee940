package io.breadcrumbs.local.bus;

import io.breadcrumbs.schemas.Lane;
import io.breadcrumbs.schemas.Meta;
import io.breadcrumbs.schemas.ResponseStatus;
import io.breadcrumbs.schemas.ToolCancel;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.sdk.kafka.BusSettings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Records for the tests of the bus. */
final class Records {

    private Records() {}

    static Meta meta(Topic<?> topic, String id) {
        return new Meta(id, topic.name(), null, List.of(), "default", 1, 0L, 0L, null, null);
    }

    static ToolResponse answer(ToolRequest request) {
        return new ToolResponse(
                meta(Catalogue.TOOL_RESPONSE, request.getRequestId()),
                request.getRequestId(),
                request.getRequestId(),
                request.getTool(),
                null,
                null,
                null,
                null,
                1,
                ResponseStatus.SUCCESS,
                request.getInput(),
                null,
                null,
                0L,
                0L,
                0L,
                null,
                Lane.LOG);
    }

    static ToolCancel cancel(String id) {
        return new ToolCancel(meta(Catalogue.TOOL_CANCEL, id), id, null, 0L, "test");
    }

    /** Appends bytes that no bus would write. */
    static void appendRaw(BusSettings settings, String topic, String key, byte[] value)
            throws InterruptedException, ExecutionException {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", settings.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key.getBytes(java.nio.charset.StandardCharsets.UTF_8), value))
                    .get();
        }
    }
}
