package io.breadcrumbs.local.registry;

import io.breadcrumbs.local.registry.store.SchemasTopic;

/** The answer to one request: a body, or an error with the code that the registry's clients know. */
sealed interface Reply {

    /** Success; the body is written as JSON, except a {@link RawJson}. */
    record Ok(Object body) implements Reply {}

    /** Text that is JSON already. */
    record RawJson(String text) {}

    /** Failure; the HTTP status is the code, or its first three digits. */
    record Failed(int code, String message) implements Reply {
        int status() {
            return code > 999 ? code / 100 : code;
        }
    }

    static Reply ok(Object body) {
        return new Ok(body);
    }

    static Failed noSubject(String subject) {
        return new Failed(40401, "Subject '" + subject + "' not found.");
    }

    static Failed noVersion(String version) {
        return new Failed(40402, "Version " + version + " not found.");
    }

    static Failed noSchema() {
        return new Failed(40403, "Schema not found");
    }

    static Failed notPermitted(String why) {
        return new Failed(42205, why);
    }

    static Failed storeFailed() {
        return new Failed(50001, "The change could not be confirmed in the topic " + SchemasTopic.NAME + " in time");
    }
}
