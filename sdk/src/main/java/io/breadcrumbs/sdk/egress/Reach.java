package io.breadcrumbs.sdk.egress;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What requests may reach.
 *
 * @param hosts by name or address; {@code *.example.com} stands for all hosts below example.com
 * @param anyPublicHost whether hosts that are not listed may be reached too, at public addresses
 * @param privateAddresses whether listed hosts may have private addresses
 */
public record Reach(Set<String> hosts, boolean anyPublicHost, boolean privateAddresses) {

    /** Nothing at all. */
    public static final Reach NOTHING = new Reach(Set.of(), false, false);

    private static final Pattern HOST = Pattern.compile("(\\*\\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\\[?[0-9a-f:.]+\\]?");

    public Reach {
        hosts = hosts.stream().map(Reach::plain).collect(Collectors.toUnmodifiableSet());
        for (String host : hosts) {
            if (!HOST.matcher(host).matches()) {
                throw new IllegalArgumentException("hosts: expected names such as 'api.example.com' or "
                        + "'*.example.com', without scheme, port and path, got '" + host + "'");
            }
        }
    }

    /** Whether the host is listed. */
    boolean names(String host) {
        String plain = plain(host);
        if (hosts.contains(plain)) {
            return true;
        }
        for (int dot = plain.indexOf('.'); dot >= 0; dot = plain.indexOf('.', dot + 1)) {
            if (hosts.contains("*" + plain.substring(dot))) {
                return true;
            }
        }
        return false;
    }

    private static String plain(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        if (lower.startsWith("[") && lower.endsWith("]")) {
            return lower.substring(1, lower.length() - 1);
        }
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
