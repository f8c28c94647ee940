package io.breadcrumbs.local.registry;

import io.breadcrumbs.local.registry.store.StoredSchema;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How a client names a version in a path: a number from 1 on, or {@code latest} (also written -1). */
sealed interface VersionName {

    record Latest() implements VersionName {}

    record Numbered(int number) implements VersionName {}

    /** Not a version; carries the reply. */
    record Wrong(Reply.Failed why) implements VersionName {}

    static VersionName of(String text) {
        if (text.equals("latest") || text.equals("-1")) {
            return new Latest();
        }
        try {
            int number = Integer.parseInt(text);
            if (number > 0) {
                return new Numbered(number);
            }
        } catch (NumberFormatException e) {
            // Answered below, with the other numbers that are no version.
        }
        return new Wrong(new Reply.Failed(
                42202,
                "The specified version '" + text + "' is not a valid version id. Allowed values are between [1, 2^31-1]"
                        + " and the string \"latest\""));
    }

    /** The version that is meant, if it is there. */
    default Optional<StoredSchema> in(List<StoredSchema> versions) {
        return switch (this) {
            case Latest() -> versions.stream().max(Comparator.comparingInt(StoredSchema::version));
            case Numbered(int number) ->
                versions.stream().filter(schema -> schema.version() == number).findFirst();
            case Wrong(Reply.Failed why) -> Optional.empty();
        };
    }
}
