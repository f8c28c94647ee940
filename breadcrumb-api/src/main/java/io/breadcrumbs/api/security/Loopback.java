package io.breadcrumbs.api.security;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names by which only this machine is meant. Others are not looked up: who answers for them can change. */
public final class Loopback {

    private static final Set<String> NAMES = Set.of("127.0.0.1", "localhost", "::1", "[::1]");

    private Loopback() {}

    public static boolean isName(@Nullable String host) {
        return host != null && NAMES.contains(host.toLowerCase(Locale.ROOT));
    }

    /** Whether this is a host, with or without port, of this machine. */
    static boolean isAuthority(String authority) {
        return isName(authority) || isName(authority.replaceFirst(":\\d{1,5}$", ""));
    }
}
