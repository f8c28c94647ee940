package io.breadcrumbs.schemas.wire;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.List;

/**
 * The client's registry in memory, made to behave like a server: it refuses incompatible schemas, counts its calls, and
 * can be away.
 */
final class StrictRegistry extends MockSchemaRegistryClient {
    private int calls;
    private int registrations;
    private boolean away;
    private int status;
    private boolean wantsSchemaFirst;

    /** From now on nobody answers. */
    void goAway() {
        away = true;
    }

    /** From now on every call is answered with this HTTP status. */
    void answer(int httpStatus) {
        status = httpStatus;
    }

    /** Like registries that know a subject only by its schemas. */
    void wantSchemaFirst() {
        wantsSchemaFirst = true;
    }

    int calls() {
        return calls;
    }

    int registrations() {
        return registrations;
    }

    @Override
    public int register(String subject, ParsedSchema schema) throws IOException, RestClientException {
        called();
        registrations++;
        List<String> faults =
                getAllSubjects().contains(subject) ? testCompatibilityVerbose(subject, schema) : List.of();
        if (!faults.isEmpty()) {
            throw new RestClientException(String.join("; ", faults), 409, 409);
        }
        return super.register(subject, schema);
    }

    @Override
    public int getId(String subject, ParsedSchema schema) throws IOException, RestClientException {
        called();
        return super.getId(subject, schema);
    }

    @Override
    public ParsedSchema getSchemaById(int id) throws IOException, RestClientException {
        called();
        return super.getSchemaById(id);
    }

    @Override
    public String getCompatibility(String subject) throws IOException, RestClientException {
        called();
        return super.getCompatibility(subject);
    }

    @Override
    public String updateCompatibility(String subject, String level) throws IOException, RestClientException {
        called();
        if (wantsSchemaFirst && !getAllSubjects().contains(subject)) {
            throw new RestClientException("subject " + subject + " not found", 404, 40401);
        }
        return super.updateCompatibility(subject, level);
    }

    private void called() throws IOException, RestClientException {
        calls++;
        if (away) {
            throw new ConnectException("connection refused");
        }
        if (status != 0) {
            throw new RestClientException("as the test wants", status, status);
        }
    }
}
