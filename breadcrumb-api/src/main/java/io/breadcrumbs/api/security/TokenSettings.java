package io.breadcrumbs.api.security;

import java.net.URI;
import java.util.Set;

/**
 * How JSON Web Tokens are verified.
 *
 * @param keys JWK set: a file, or an https address; http only on this machine
 * @param issuer that tokens must have
 * @param audience that tokens must be for
 * @param algorithms that signatures may have: RS256, ES256, HS256
 * @param claims that say who it is
 */
public record TokenSettings(URI keys, String issuer, String audience, Set<String> algorithms, Claims claims) {

    public static final Set<String> USUAL_ALGORITHMS = Set.of("RS256", "ES256");
    private static final Set<String> KNOWN_ALGORITHMS = Set.of("RS256", "ES256", "HS256");

    /**
     * Names of claims.
     *
     * @param name of the caller
     * @param workspaces that it may be in, a text or a list; the first is its usual one
     * @param roles that it has in them, a text or a list
     */
    public record Claims(String name, String workspaces, String roles) {
        public static final Claims USUAL = new Claims("sub", "workspaces", "roles");
    }

    public TokenSettings {
        algorithms = Set.copyOf(algorithms);
        if (issuer.isBlank() || audience.isBlank()) {
            throw new IllegalArgumentException(
                    "issuer, audience: expected both, got '" + issuer + "' and '" + audience + "'");
        }
        if (algorithms.isEmpty() || !KNOWN_ALGORITHMS.containsAll(algorithms)) {
            throw new IllegalArgumentException(
                    "algorithms: expected some of " + KNOWN_ALGORITHMS + ", got " + algorithms);
        }
        boolean file = "file".equals(keys.getScheme());
        boolean safe = "https".equals(keys.getScheme())
                || ("http".equals(keys.getScheme()) && Loopback.isName(keys.getHost()));
        if (!file && !safe) {
            throw new IllegalArgumentException("keys: expected a file or an https address, got " + keys);
        }
        if (!file && algorithms.contains("HS256")) {
            throw new IllegalArgumentException("algorithms: expected no HS256 where keys come from an address: what"
                    + " verifies such a signature can make it, and must not be public");
        }
    }

    /** With the usual algorithms and claims. */
    public static TokenSettings of(URI keys, String issuer, String audience) {
        return new TokenSettings(keys, issuer, audience, USUAL_ALGORITHMS, Claims.USUAL);
    }

    public TokenSettings withAlgorithms(Set<String> others) {
        return new TokenSettings(keys, issuer, audience, others, claims);
    }
}
