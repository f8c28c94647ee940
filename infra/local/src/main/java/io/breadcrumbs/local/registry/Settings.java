package io.breadcrumbs.local.registry;

import io.breadcrumbs.local.registry.store.Change;
import io.breadcrumbs.local.registry.store.RegistryState;
import io.breadcrumbs.local.registry.store.SchemasTopic;
import io.confluent.kafka.schemaregistry.CompatibilityLevel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Compatibility levels and modes, of all subjects (null) or of one. Any thread; changes one at a time. */
final class Settings {

    /** What holds where nothing is set: every version can be read by every other, both ways. */
    static final CompatibilityLevel DEFAULT_LEVEL = CompatibilityLevel.FULL_TRANSITIVE;

    private static final String DEFAULT_MODE = "READWRITE";
    private static final Set<String> MODES = Set.of(DEFAULT_MODE, "READONLY", "READONLY_OVERRIDE");

    private final RegistryState state;
    private final SchemasTopic topic;
    private final ReentrantLock writing;

    Settings(RegistryState state, SchemasTopic topic, ReentrantLock writing) {
        this.state = state;
        this.topic = topic;
        this.writing = writing;
    }

    CompatibilityLevel effectiveLevel(String subject) {
        return state.level(subject)
                .or(() -> state.level(null))
                .map(CompatibilityLevel::forName)
                .orElse(DEFAULT_LEVEL);
    }

    boolean readOnly(String subject) {
        String global = state.mode(null).orElse(DEFAULT_MODE);
        return global.equals("READONLY_OVERRIDE")
                || state.mode(subject).orElse(global).startsWith("READONLY");
    }

    Reply level(@Nullable String subject, boolean defaultToGlobal) {
        Optional<String> own = state.level(subject);
        if (subject != null && own.isEmpty() && !defaultToGlobal) {
            return new Reply.Failed(
                    40408, "Subject '" + subject + "' does not have subject-level compatibility configured");
        }
        String level = own.or(() -> state.level(null)).orElse(DEFAULT_LEVEL.name);
        return Reply.ok(Map.of("compatibilityLevel", level));
    }

    Reply setLevel(@Nullable String subject, @Nullable String wanted) {
        CompatibilityLevel level = wanted == null ? null : CompatibilityLevel.forName(wanted);
        if (level == null) {
            List<String> valid = Arrays.stream(CompatibilityLevel.values())
                    .map(each -> each.name)
                    .toList();
            return new Reply.Failed(
                    42203,
                    "Invalid compatibility level '" + wanted + "'. Valid values are " + String.join(", ", valid));
        }
        return write(new Change.Level(subject, level.name), Map.of("compatibility", level.name));
    }

    /** Answers the level that held until now. */
    Reply removeLevel(@Nullable String subject) {
        Optional<String> own = state.level(subject);
        if (subject != null && own.isEmpty()) {
            return Reply.noSubject(subject);
        }
        return write(new Change.Level(subject, null), Map.of("compatibilityLevel", own.orElse(DEFAULT_LEVEL.name)));
    }

    Reply mode(@Nullable String subject, boolean defaultToGlobal) {
        Optional<String> own = state.mode(subject);
        if (subject != null && own.isEmpty() && !defaultToGlobal) {
            return new Reply.Failed(40409, "Subject '" + subject + "' does not have subject-level mode configured");
        }
        return Reply.ok(Map.of("mode", own.or(() -> state.mode(null)).orElse(DEFAULT_MODE)));
    }

    Reply setMode(@Nullable String subject, @Nullable String wanted) {
        if (wanted == null || !MODES.contains(wanted)) {
            return new Reply.Failed(
                    42204,
                    "Invalid mode '" + wanted + "'. Valid values are READWRITE, READONLY, READONLY_OVERRIDE;"
                            + " this registry does not import ids");
        }
        return write(new Change.Mode(subject, wanted), Map.of("mode", wanted));
    }

    /** Answers the mode that held until now. */
    Reply removeMode(@Nullable String subject) {
        Optional<String> own = state.mode(subject);
        if (subject != null && own.isEmpty()) {
            return Reply.noSubject(subject);
        }
        return write(new Change.Mode(subject, null), Map.of("mode", own.orElse(DEFAULT_MODE)));
    }

    private Reply write(Change change, Object answer) {
        writing.lock();
        try {
            return topic.append(List.of(change)) ? Reply.ok(answer) : Reply.storeFailed();
        } finally {
            writing.unlock();
        }
    }
}
