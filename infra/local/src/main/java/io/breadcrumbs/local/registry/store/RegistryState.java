package io.breadcrumbs.local.registry.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the changes read so far add up to. Changed by the topic's reader only; read by any thread. */
public final class RegistryState {

    private final NavigableMap<String, NavigableMap<Integer, StoredSchema>> subjects = new TreeMap<>();
    private final Map<Integer, List<StoredSchema>> byId = new HashMap<>();
    private final Map<String, String> levels = new HashMap<>();
    private final Map<String, String> modes = new HashMap<>();
    private @Nullable String level;
    private @Nullable String mode;
    private int highestId;

    synchronized void apply(Change change) {
        switch (change) {
            case Change.Stored(StoredSchema schema) -> {
                remove(schema.subject(), schema.version());
                subjects.computeIfAbsent(schema.subject(), any -> new TreeMap<>())
                        .put(schema.version(), schema);
                byId.computeIfAbsent(schema.id(), any -> new ArrayList<>()).add(schema);
                highestId = Math.max(highestId, schema.id());
            }
            case Change.Erased(String subject, int version) -> remove(subject, version);
            case Change.Level(String subject, String to) -> {
                if (subject == null) {
                    level = to;
                } else {
                    set(levels, subject, to);
                }
            }
            case Change.Mode(String subject, String to) -> {
                if (subject == null) {
                    mode = to;
                } else {
                    set(modes, subject, to);
                }
            }
            case Change.HighestId(int id) -> highestId = Math.max(highestId, id);
            case Change.Other() -> {}
        }
    }

    /** Subjects in order, those without a live version only if asked for. */
    public synchronized List<String> subjects(boolean deletedToo) {
        return subjects.entrySet().stream()
                .filter(entry ->
                        deletedToo || entry.getValue().values().stream().anyMatch(schema -> !schema.deleted()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** All versions of a subject, oldest first, deleted ones included; empty if there is no such subject. */
    public synchronized List<StoredSchema> versions(String subject) {
        return List.copyOf(subjects.getOrDefault(subject, new TreeMap<>()).values());
    }

    /** All versions that have this id. */
    public synchronized List<StoredSchema> byId(int id) {
        return List.copyOf(byId.getOrDefault(id, List.of()));
    }

    /** All versions of all subjects. */
    public synchronized List<StoredSchema> all() {
        return subjects.values().stream()
                .flatMap(versions -> versions.values().stream())
                .toList();
    }

    public synchronized int highestId() {
        return highestId;
    }

    /** The level set for all subjects (null) or one. */
    public synchronized Optional<String> level(@Nullable String subject) {
        return Optional.ofNullable(subject == null ? level : levels.get(subject));
    }

    /** The mode set for all subjects (null) or one. */
    public synchronized Optional<String> mode(@Nullable String subject) {
        return Optional.ofNullable(subject == null ? mode : modes.get(subject));
    }

    private void remove(String subject, int version) {
        NavigableMap<Integer, StoredSchema> versions = subjects.get(subject);
        StoredSchema old = versions == null ? null : versions.remove(version);
        if (versions == null || old == null) {
            return;
        }
        if (versions.isEmpty()) {
            subjects.remove(subject);
        }
        byId.computeIfPresent(old.id(), (id, with) -> {
            with.remove(old);
            return with.isEmpty() ? null : with;
        });
    }

    private static void set(Map<String, String> settings, String subject, @Nullable String to) {
        if (to == null) {
            settings.remove(subject);
        } else {
            settings.put(subject, to);
        }
    }
}
