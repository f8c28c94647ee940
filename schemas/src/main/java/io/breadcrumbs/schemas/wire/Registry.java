package io.breadcrumbs.schemas.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.schemas.wire.RegistryException.Reason;
import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import org.apache.avro.Schema;

/** What the wire asks the schema registry; every call may block. */
final class Registry {
    static final String COMPATIBILITY = "FULL_TRANSITIVE";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JAVA_STRING = "avro.java.string";
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int SERVER_ERROR = 500;

    private final SchemaRegistryClient client;

    Registry(SchemaRegistryClient client) {
        this.client = client;
    }

    /**
     * Id of the topic's schema under its subject, registered if it is not there yet, with the compatibility we need.
     */
    int register(Topic<?> topic) {
        String subject = topic.subject();
        AvroSchema schema = published(topic.schema());
        try {
            boolean set = demandCompatibility(subject);
            Optional<Integer> found = find(subject, schema);
            int id = found.isPresent() ? found.get() : client.register(subject, schema);
            if (!set && !demandCompatibility(subject)) {
                throw new RestClientException("compatibility of the subject cannot be set", NOT_FOUND, NOT_FOUND);
            }
            return id;
        } catch (RestClientException e) {
            throw refused(subject, e);
        } catch (IOException e) {
            throw away("subject " + subject, e);
        }
    }

    /** The Avro schema with this id; empty when the registry has none. */
    Optional<Schema> schema(int id) {
        try {
            ParsedSchema parsed = client.getSchemaById(id);
            return parsed instanceof AvroSchema avro ? Optional.of(avro.rawSchema()) : Optional.empty();
        } catch (RestClientException e) {
            if (e.getStatus() == NOT_FOUND) {
                return Optional.empty();
            }
            throw refused("schema " + id, e);
        } catch (IOException e) {
            throw away("schema " + id, e);
        }
    }

    private Optional<Integer> find(String subject, AvroSchema schema) throws IOException, RestClientException {
        try {
            return Optional.of(client.getId(subject, schema));
        } catch (RestClientException e) {
            if (e.getStatus() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** False when the registry wants to see a schema first. */
    private boolean demandCompatibility(String subject) throws IOException, RestClientException {
        try {
            if (COMPATIBILITY.equals(client.getCompatibility(subject))) {
                return true;
            }
        } catch (RestClientException e) {
            if (e.getStatus() != NOT_FOUND) {
                throw e;
            }
        }
        try {
            client.updateCompatibility(subject, COMPATIBILITY);
            return true;
        } catch (RestClientException e) {
            if (e.getStatus() == NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /** The schema as clients of any language register it: without the marks that only Java's generated classes need. */
    static AvroSchema published(Schema schema) {
        try {
            return new AvroSchema(unmarked(JSON.readTree(schema.toString())).toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Avro wrote schema " + schema.getFullName() + " as no JSON", e);
        }
    }

    private static JsonNode unmarked(JsonNode node) {
        if (node instanceof ObjectNode object && object.remove(JAVA_STRING) != null && object.size() == 1) {
            return TextNode.valueOf(object.get("type").asText());
        }
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> entry.setValue(unmarked(entry.getValue())));
        } else if (node.isArray()) {
            var array = (com.fasterxml.jackson.databind.node.ArrayNode) node;
            for (int i = 0; i < array.size(); i++) {
                array.set(i, unmarked(array.get(i)));
            }
        }
        return node;
    }

    private static RegistryException refused(String what, RestClientException e) {
        if (e.getStatus() == CONFLICT) {
            return new RegistryException(
                    Reason.INCOMPATIBLE,
                    what + ": this version's schema is not " + COMPATIBILITY + " with those that are registered ("
                            + e.getMessage()
                            + "): run a release that goes with them, or give every new field a default",
                    e);
        }
        if (e.getStatus() >= SERVER_ERROR) {
            return away(what, e);
        }
        return new RegistryException(
                Reason.REFUSED,
                what + ": the schema registry refuses, status " + e.getStatus() + " (" + e.getMessage()
                        + "): check its address, credentials and mode",
                e);
    }

    /** In words: what the client and the JDK say names classes. */
    private static String how(Exception e) {
        return switch (e) {
            case RestClientException answered -> "status " + answered.getStatus();
            case ConnectException _ -> "the connection is refused";
            case SocketTimeoutException _ -> "no answer in time";
            case UnknownHostException _ -> "nobody knows its host";
            default -> "the connection failed";
        };
    }

    private static RegistryException away(String what, Exception e) {
        return new RegistryException(
                Reason.UNAVAILABLE,
                what + ": the schema registry does not answer (" + how(e) + "): check that it runs and its address",
                e);
    }
}
