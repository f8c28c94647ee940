package io.breadcrumbs.local.registry;

import io.breadcrumbs.local.registry.store.RegistryState;
import io.breadcrumbs.local.registry.store.SchemasTopic;
import io.confluent.kafka.schemaregistry.client.rest.entities.Schema;
import io.confluent.kafka.schemaregistry.client.rest.entities.requests.ConfigUpdateRequest;
import io.confluent.kafka.schemaregistry.client.rest.entities.requests.ModeUpdateRequest;
import io.confluent.kafka.schemaregistry.client.rest.entities.requests.RegisterSchemaRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Which path means what. */
final class Routes {

    private static final Reply NO_SUCH_PATH = new Reply.Failed(404, "HTTP 404 Not Found");
    private static final Reply NO_SUCH_METHOD = new Reply.Failed(405, "HTTP 405 Method Not Allowed");

    private final Subjects subjects;
    private final Deletions deletions;
    private final Settings settings;
    private final SchemaIds ids;
    private final String clusterId;

    Routes(RegistryState state, SchemasTopic topic, String clusterId) {
        ReentrantLock writing = new ReentrantLock();
        this.settings = new Settings(state, topic, writing);
        this.subjects = new Subjects(state, topic, settings, writing);
        this.deletions = new Deletions(state, topic, settings, writing);
        this.ids = new SchemaIds(state);
        this.clusterId = clusterId;
    }

    Reply answer(Request request) throws Request.BadBody {
        if (request.path().isEmpty()) {
            return Reply.ok(Map.of());
        }
        List<String> rest = request.path().subList(1, request.path().size());
        return switch (request.path().getFirst()) {
            case "subjects" -> subjects(request, rest);
            case "schemas" -> schemas(request, rest);
            case "compatibility" -> compatibility(request, rest);
            case "config" -> config(request, rest);
            case "mode" -> mode(request, rest);
            case "contexts" -> rest.isEmpty() ? get(request, Reply.ok(List.of("."))) : NO_SUCH_PATH;
            case "v1" -> metadata(request, rest);
            default -> NO_SUCH_PATH;
        };
    }

    private Reply subjects(Request request, List<String> rest) throws Request.BadBody {
        boolean deleted = request.flag("deleted");
        boolean permanent = request.flag("permanent");
        boolean normalize = request.flag("normalize");
        return switch (rest.size()) {
            case 0 -> get(request, subjects.list(request.text("subjectPrefix"), deleted));
            case 1 ->
                switch (request.method()) {
                    case "POST" -> subjects.lookup(rest.get(0), sent(request, rest.get(0)), normalize, deleted);
                    case "DELETE" -> deletions.subject(rest.get(0), permanent);
                    default -> NO_SUCH_METHOD;
                };
            case 2 -> rest.get(1).equals("versions") ? versions(request, rest.get(0), normalize) : NO_SUCH_PATH;
            case 3, 4 -> rest.get(1).equals("versions") ? version(request, rest, deleted, permanent) : NO_SUCH_PATH;
            default -> NO_SUCH_PATH;
        };
    }

    private Reply versions(Request request, String subject, boolean normalize) throws Request.BadBody {
        return switch (request.method()) {
            case "GET" -> subjects.versions(subject, request.flag("deleted"));
            case "POST" -> subjects.register(subject, sent(request, subject), normalize);
            default -> NO_SUCH_METHOD;
        };
    }

    private Reply version(Request request, List<String> rest, boolean deleted, boolean permanent) {
        String subject = rest.get(0);
        String version = rest.get(2);
        String part = rest.size() == 4 ? rest.get(3) : "";
        return switch (part) {
            case "" ->
                switch (request.method()) {
                    case "GET" -> subjects.version(subject, version, deleted, false);
                    case "DELETE" -> deletions.version(subject, version, permanent);
                    default -> NO_SUCH_METHOD;
                };
            case "schema" -> get(request, subjects.version(subject, version, deleted, true));
            case "referencedby" -> get(request, subjects.referencedBy(subject, version));
            default -> NO_SUCH_PATH;
        };
    }

    private Reply schemas(Request request, List<String> rest) {
        boolean deleted = request.flag("deleted");
        if (rest.isEmpty()) {
            return get(request, ids.list(request.text("subjectPrefix"), deleted, request.flag("latestOnly")));
        }
        if (rest.equals(List.of("types"))) {
            return get(request, Reply.ok(List.of("AVRO")));
        }
        if (!rest.getFirst().equals("ids") || rest.size() < 2 || rest.size() > 3) {
            return NO_SUCH_PATH;
        }
        String id = rest.get(1);
        return switch (rest.size() == 3 ? rest.get(2) : "") {
            case "" -> get(request, ids.schema(id, request.flag("fetchMaxId"), false));
            case "schema" -> get(request, ids.schema(id, false, true));
            case "subjects" -> get(request, ids.subjects(id, deleted));
            case "versions" -> get(request, ids.versions(id, deleted));
            default -> NO_SUCH_PATH;
        };
    }

    private Reply compatibility(Request request, List<String> rest) throws Request.BadBody {
        boolean fits = rest.size() >= 3
                && rest.size() <= 4
                && rest.get(0).equals("subjects")
                && rest.get(2).equals("versions");
        if (!fits) {
            return NO_SUCH_PATH;
        }
        if (!request.method().equals("POST")) {
            return NO_SUCH_METHOD;
        }
        Optional<String> version = rest.size() == 4 ? Optional.of(rest.get(3)) : Optional.empty();
        return subjects.compatible(rest.get(1), version, sent(request, rest.get(1)), request.flag("verbose"));
    }

    private Reply config(Request request, List<String> rest) throws Request.BadBody {
        if (rest.size() > 1) {
            return NO_SUCH_PATH;
        }
        @Nullable String subject = rest.isEmpty() ? null : rest.get(0);
        return switch (request.method()) {
            case "GET" -> settings.level(subject, request.flag("defaultToGlobal"));
            case "PUT" ->
                settings.setLevel(
                        subject, request.body(ConfigUpdateRequest.class).getCompatibilityLevel());
            case "DELETE" -> settings.removeLevel(subject);
            default -> NO_SUCH_METHOD;
        };
    }

    private Reply mode(Request request, List<String> rest) throws Request.BadBody {
        if (rest.size() > 1) {
            return NO_SUCH_PATH;
        }
        @Nullable String subject = rest.isEmpty() ? null : rest.get(0);
        return switch (request.method()) {
            case "GET" -> settings.mode(subject, request.flag("defaultToGlobal"));
            case "PUT" ->
                settings.setMode(subject, request.body(ModeUpdateRequest.class).getMode());
            case "DELETE" -> settings.removeMode(subject);
            default -> NO_SUCH_METHOD;
        };
    }

    private Reply metadata(Request request, List<String> rest) {
        if (rest.equals(List.of("metadata", "id"))) {
            Map<String, String> clusters = Map.of("kafka-cluster", clusterId, "schema-registry-cluster", "breadcrumbs");
            return get(request, Reply.ok(Map.of("id", "", "scope", Map.of("path", List.of(), "clusters", clusters))));
        }
        return NO_SUCH_PATH;
    }

    private static Schema sent(Request request, String subject) throws Request.BadBody {
        return new Schema(subject, request.body(RegisterSchemaRequest.class));
    }

    private static Reply get(Request request, Reply reply) {
        return request.method().equals("GET") ? reply : NO_SUCH_METHOD;
    }
}
