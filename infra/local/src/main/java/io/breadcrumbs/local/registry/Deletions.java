package io.breadcrumbs.local.registry;

import io.breadcrumbs.local.registry.store.Change;
import io.breadcrumbs.local.registry.store.RegistryState;
import io.breadcrumbs.local.registry.store.SchemasTopic;
import io.breadcrumbs.local.registry.store.StoredSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Deletion of versions and subjects: first softly, then for good. Any thread, one at a time. */
final class Deletions {

    private final RegistryState state;
    private final SchemasTopic topic;
    private final Settings settings;
    private final ReentrantLock writing;

    Deletions(RegistryState state, SchemasTopic topic, Settings settings, ReentrantLock writing) {
        this.state = state;
        this.topic = topic;
        this.settings = settings;
        this.writing = writing;
    }

    /** Deletes all versions; answers their numbers. */
    Reply subject(String subject, boolean permanent) {
        writing.lock();
        try {
            List<StoredSchema> all = state.versions(subject);
            List<StoredSchema> live =
                    all.stream().filter(schema -> !schema.deleted()).toList();
            if (!topic.settled()) {
                return Reply.storeFailed();
            }
            if (all.isEmpty()) {
                return Reply.noSubject(subject);
            }
            if (permanent && !live.isEmpty()) {
                return new Reply.Failed(
                        40405, "Subject '" + subject + "' was not deleted first before being permanently" + " deleted");
            }
            if (!permanent && live.isEmpty()) {
                return new Reply.Failed(
                        40404,
                        "Subject '" + subject + "' was soft deleted. Set permanent=true to delete" + " permanently");
            }
            List<StoredSchema> meant = permanent ? all : live;
            Optional<Reply> refusal = refusal(subject, meant);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            return delete(meant, permanent)
                    ? Reply.ok(meant.stream().map(StoredSchema::version).toList())
                    : Reply.storeFailed();
        } finally {
            writing.unlock();
        }
    }

    /** Deletes one version; answers its number. */
    Reply version(String subject, String name, boolean permanent) {
        VersionName wanted = VersionName.of(name);
        if (wanted instanceof VersionName.Wrong(Reply.Failed why)) {
            return why;
        }
        writing.lock();
        try {
            if (!topic.settled()) {
                return Reply.storeFailed();
            }
            List<StoredSchema> all = state.versions(subject);
            if (all.isEmpty()) {
                return Reply.noSubject(subject);
            }
            Optional<StoredSchema> found = wanted.in(all);
            if (found.isEmpty()) {
                return Reply.noVersion(name);
            }
            return version(found.get(), permanent);
        } finally {
            writing.unlock();
        }
    }

    private Reply version(StoredSchema schema, boolean permanent) {
        String which = "Subject '" + schema.subject() + "' Version " + schema.version();
        if (permanent && !schema.deleted()) {
            return new Reply.Failed(40407, which + " was not deleted first before being permanently deleted");
        }
        if (!permanent && schema.deleted()) {
            return new Reply.Failed(40406, which + " was soft deleted. Set permanent=true to delete permanently");
        }
        Optional<Reply> refusal = refusal(schema.subject(), List.of(schema));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return delete(List.of(schema), permanent) ? Reply.ok(schema.version()) : Reply.storeFailed();
    }

    private Optional<Reply> refusal(String subject, List<StoredSchema> meant) {
        if (settings.readOnly(subject)) {
            return Optional.of(Reply.notPermitted("Subject " + subject + " is in read-only mode"));
        }
        return state.all().stream()
                .filter(other -> !other.deleted() && !meant.contains(other))
                .filter(other -> meant.stream().anyMatch(schema -> other.refersTo(subject, schema.version())))
                .findFirst()
                .map(other -> new Reply.Failed(
                        42206,
                        "One or more references exist to the schema {subject=" + subject + "}: from {subject="
                                + other.subject() + ",version=" + other.version() + "}"));
    }

    private boolean delete(List<StoredSchema> meant, boolean permanent) {
        List<Change> changes = new ArrayList<>();
        if (permanent) {
            // Outlives the erased records, so that their ids are not given to other schemas after a compaction.
            changes.add(new Change.HighestId(state.highestId()));
        }
        for (StoredSchema schema : meant) {
            changes.add(
                    permanent
                            ? new Change.Erased(schema.subject(), schema.version())
                            : new Change.Stored(schema.withDeleted(true)));
        }
        return topic.append(changes);
    }
}
