package io.breadcrumbs.api.security;

import io.breadcrumbs.api.limit.LimitSettings;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may come through the door.
 *
 * @param on whether callers must say who they are; without that the door may listen on this machine only
 * @param tokens how JSON Web Tokens are verified; null: only keys of the platform are taken
 * @param origins of the pages that browsers may call from, like {@code https://console.example.com}
 * @param limits of what callers may ask for
 */
public record SecuritySettings(boolean on, @Nullable TokenSettings tokens, Set<String> origins, LimitSettings limits) {

    /** Keys of the platform, and nothing else. */
    public static final SecuritySettings ON = new SecuritySettings(true, null, Set.of(), LimitSettings.USUAL);

    /** Everybody on this machine may do everything. */
    public static final SecuritySettings OFF = new SecuritySettings(false, null, Set.of(), LimitSettings.ALONE);

    public SecuritySettings {
        origins = Set.copyOf(origins);
        for (String origin : origins) {
            if (!origin.matches("https?://[^/*\\s]+")) {
                throw new IllegalArgumentException(
                        "origin: expected one like https://console.example.com, got '" + origin + "'");
            }
        }
        if (!on && tokens != null) {
            throw new IllegalArgumentException("tokens: expected none while security is off");
        }
    }

    public SecuritySettings withTokens(TokenSettings other) {
        return new SecuritySettings(on, other, origins, limits);
    }

    public SecuritySettings withOrigins(Set<String> others) {
        return new SecuritySettings(on, tokens, others, limits);
    }

    public SecuritySettings withLimits(LimitSettings others) {
        return new SecuritySettings(on, tokens, origins, others);
    }

    /** For people. */
    @Override
    public String toString() {
        return on
                ? "on: callers need a key" + (tokens == null ? "" : ", or a token of " + tokens.issuer())
                : "off: everybody on this machine may do everything; --secure changes that";
    }
}
