package io.breadcrumbs.local.registry;

import io.breadcrumbs.local.registry.SchemaText.Parsed;
import io.breadcrumbs.local.registry.store.Change;
import io.breadcrumbs.local.registry.store.RegistryState;
import io.breadcrumbs.local.registry.store.SchemasTopic;
import io.breadcrumbs.local.registry.store.StoredSchema;
import io.confluent.kafka.schemaregistry.CompatibilityLevel;
import io.confluent.kafka.schemaregistry.client.rest.entities.Schema;
import io.confluent.kafka.schemaregistry.client.rest.entities.requests.CompatibilityCheckResponse;
import io.confluent.kafka.schemaregistry.client.rest.entities.requests.RegisterSchemaResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Reads, lookups and registrations of subjects and their versions. Any thread; registrations one at a time. */
final class Subjects {

    private final RegistryState state;
    private final SchemasTopic topic;
    private final Settings settings;
    private final SchemaText texts;
    private final ReentrantLock writing;

    Subjects(RegistryState state, SchemasTopic topic, Settings settings, ReentrantLock writing) {
        this.state = state;
        this.topic = topic;
        this.settings = settings;
        this.texts = new SchemaText(state);
        this.writing = writing;
    }

    Reply list(String prefix, boolean deletedToo) {
        return Reply.ok(state.subjects(deletedToo).stream()
                .filter(subject -> subject.startsWith(prefix))
                .toList());
    }

    Reply versions(String subject, boolean deletedToo) {
        List<StoredSchema> versions = visible(subject, deletedToo);
        return versions.isEmpty()
                ? Reply.noSubject(subject)
                : Reply.ok(versions.stream().map(StoredSchema::version).toList());
    }

    /** One version, whole or its text alone. */
    Reply version(String subject, String name, boolean deletedToo, boolean textOnly) {
        return switch (find(subject, name, deletedToo)) {
            case Found(StoredSchema schema) -> Reply.ok(textOnly ? new Reply.RawJson(schema.text()) : schema.entity());
            case Missing(Reply.Failed why) -> why;
        };
    }

    /** Ids of the schemas that refer to a version. */
    Reply referencedBy(String subject, String name) {
        return switch (find(subject, name, true)) {
            case Found(StoredSchema schema) ->
                Reply.ok(state.all().stream()
                        .filter(other -> !other.deleted() && other.refersTo(subject, schema.version()))
                        .map(StoredSchema::id)
                        .distinct()
                        .toList());
            case Missing(Reply.Failed why) -> why;
        };
    }

    /** Finds the version of a subject that has the sent schema. */
    Reply lookup(String subject, Schema sent, boolean normalize, boolean deletedToo) {
        if (visible(subject, deletedToo).isEmpty()) {
            return Reply.noSubject(subject);
        }
        return switch (texts.parse(sent, normalize)) {
            case Parsed.Invalid(Reply.Failed why) -> why;
            case Parsed.Valid valid ->
                same(visible(subject, deletedToo), valid)
                        .<Reply>map(schema -> Reply.ok(schema.entity()))
                        .orElseGet(Reply::noSchema);
        };
    }

    /** Gives the sent schema an id and a version, unless the subject has it already. */
    Reply register(String subject, Schema sent, boolean normalize) {
        return switch (texts.parse(sent, normalize)) {
            case Parsed.Invalid(Reply.Failed why) -> why;
            case Parsed.Valid valid -> {
                writing.lock();
                try {
                    yield topic.settled() ? register(subject, valid) : Reply.storeFailed();
                } finally {
                    writing.unlock();
                }
            }
        };
    }

    /** Whether the sent schema might be the subject's next, compared with one version or with all that count. */
    Reply compatible(String subject, Optional<String> name, Schema sent, boolean verbose) {
        List<StoredSchema> older = visible(subject, false);
        if (name.isPresent()) {
            switch (find(subject, name.get(), false)) {
                case Found(StoredSchema schema) -> older = List.of(schema);
                case Missing(Reply.Failed why) -> {
                    return why;
                }
            }
        }
        return switch (texts.parse(sent, false)) {
            case Parsed.Invalid(Reply.Failed why) -> why;
            case Parsed.Valid valid -> {
                List<String> faults = texts.incompatibilities(valid, settings.effectiveLevel(subject), older);
                CompatibilityCheckResponse response = new CompatibilityCheckResponse();
                response.setIsCompatible(faults.isEmpty());
                if (verbose) {
                    response.setMessages(faults);
                }
                yield Reply.ok(response);
            }
        };
    }

    private Reply register(String subject, Parsed.Valid valid) {
        Optional<StoredSchema> known = same(visible(subject, false), valid);
        if (known.isPresent()) {
            return registered(known.get());
        }
        if (settings.readOnly(subject)) {
            return Reply.notPermitted("Subject " + subject + " is in read-only mode");
        }
        CompatibilityLevel level = settings.effectiveLevel(subject);
        List<String> faults = texts.incompatibilities(valid, level, visible(subject, false));
        if (!faults.isEmpty()) {
            return new Reply.Failed(
                    409,
                    "Schema being registered is incompatible with an earlier schema for subject \"" + subject
                            + "\", compatibility " + level + ": " + faults);
        }
        int id = same(state.all(), valid).map(StoredSchema::id).orElseGet(() -> state.highestId() + 1);
        int version = 1
                + state.versions(subject).stream()
                        .mapToInt(StoredSchema::version)
                        .max()
                        .orElse(0);
        StoredSchema next = new StoredSchema(subject, version, id, valid.text(), valid.references(), false);
        return topic.append(List.of(new Change.Stored(next))) ? registered(next) : Reply.storeFailed();
    }

    private static Reply registered(StoredSchema schema) {
        // The id alone, as clients of every version expect it.
        return Reply.ok(Map.of("id", new RegisterSchemaResponse(schema.id()).getId()));
    }

    private static Optional<StoredSchema> same(List<StoredSchema> among, Parsed.Valid wanted) {
        return among.stream()
                .filter(schema -> schema.sameContent(wanted.text(), wanted.references()))
                .findFirst();
    }

    private List<StoredSchema> visible(String subject, boolean deletedToo) {
        return state.versions(subject).stream()
                .filter(schema -> deletedToo || !schema.deleted())
                .toList();
    }

    private sealed interface Search {}

    private record Found(StoredSchema schema) implements Search {}

    private record Missing(Reply.Failed why) implements Search {}

    private Search find(String subject, String name, boolean deletedToo) {
        VersionName wanted = VersionName.of(name);
        if (wanted instanceof VersionName.Wrong(Reply.Failed why)) {
            return new Missing(why);
        }
        List<StoredSchema> versions = visible(subject, deletedToo);
        if (versions.isEmpty()) {
            return new Missing(Reply.noSubject(subject));
        }
        return wanted.in(versions).<Search>map(Found::new).orElseGet(() -> new Missing(Reply.noVersion(name)));
    }
}
