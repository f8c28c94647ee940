package io.breadcrumbs.local.registry.store;

import org.jspecify.annotations.Nullable;

/** One record of the topic {@code _schemas}. */
public sealed interface Change {

    /** A version as it is from now on. */
    record Stored(StoredSchema schema) implements Change {}

    /** A version that is gone for good. */
    record Erased(String subject, int version) implements Change {}

    /** A compatibility level, of all subjects where {@code subject} is null; null takes it back. */
    record Level(@Nullable String subject, @Nullable String level) implements Change {}

    /** A mode, of all subjects where {@code subject} is null; null takes it back. */
    record Mode(@Nullable String subject, @Nullable String mode) implements Change {}

    /** The highest id that an erased version had: ids are never given twice. */
    record HighestId(int id) implements Change {}

    /** A record that changes nothing: another registry's, or one that only marks a position. */
    record Other() implements Change {}
}
