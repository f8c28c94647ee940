package io.breadcrumbs.api.access;

import io.breadcrumbs.api.http.Bodies;
import io.breadcrumbs.api.http.Role;
import io.breadcrumbs.sdk.workflow.json.JsonString;
import io.breadcrumbs.sdk.workflow.json.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key that a curator asks for.
 *
 * @param name of who has it
 * @param holds how long; null: until it is revoked
 */
record KeyOrder(String name, List<String> roles, @Nullable Duration holds) {

    private static final List<String> ROLES =
            Arrays.stream(Role.values()).map(Role::text).toList();

    /**
     * The same as it comes.
     *
     * @param name who has it: an agent or user, as breadcrumbs then name it
     * @param roles emitter, subscriber, curator
     * @param expires how long it holds, such as 720h; until it is revoked unless given
     */
    record Body(
            @Nullable String name,
            @Nullable List<String> roles,
            @Nullable String expires) {}

    static KeyOrder read(@Nullable String text) {
        Body body = Bodies.read(text, Body.class);
        String name = body.name();
        if (name == null) {
            throw Bodies.wrong("name", "expected who has the key, got nobody");
        }
        List<String> roles = body.roles();
        if (roles == null || roles.isEmpty()) {
            throw Bodies.wrong("roles", "expected some of " + ROLES + ", got none");
        }
        return new KeyOrder(name, roles.stream().map(KeyOrder::role).distinct().toList(), holds(body.expires()));
    }

    private static String role(@Nullable String named) {
        return Role.named(String.valueOf(named))
                .orElseThrow(() -> Bodies.wrong("roles", "expected some of " + ROLES + ", got '" + named + "'"))
                .text();
    }

    private static @Nullable Duration holds(@Nullable String text) {
        Duration holds = text == null ? null : Times.duration(new JsonString(text));
        if (text != null && (holds == null || holds.isZero())) {
            throw Bodies.wrong("expires", "expected a duration above 0 such as 720h, got '" + text + "'");
        }
        return holds;
    }

    @Nullable
    Instant until(Instant now) {
        return holds == null ? null : now.plus(holds);
    }
}
