package io.breadcrumbs.api.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a caller may do in a workspace. */
public enum Role {
    /** Writes: creates and changes breadcrumbs, starts runs and decides what they wait for, calls tools. */
    EMITTER,
    /** Reads, and watches. */
    SUBSCRIBER,
    /** All of the workspace: what is others' too, keys, secrets, schedules. */
    CURATOR;

    /** The role of this name, in any case of letters; empty for one that nobody knows. */
    public static Optional<Role> named(String name) {
        return Arrays.stream(values())
                .filter(role -> role.text().equals(name.toLowerCase(Locale.ROOT)))
                .findAny();
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
