package io.breadcrumbs.sdk.egress;

import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.sdk.tool.ToolFailure;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

/**
 * Decides whether a URL may be reached: its scheme, its host's name, and every address that the name stands for at this
 * moment. Whoever connects takes an address of the answer and does not resolve again: a name that changes between check
 * and connection changes nothing. Thread-safe.
 */
public final class Guard {

    private final Names names;

    public Guard(Names names) {
        this.names = names;
    }

    /**
     * Where the URL leads. Blocks while the name is resolved.
     *
     * @throws ToolFailure of kind validation if it is not a URL for HTTP, of kind permission if it may not be reached
     */
    Destination check(URI uri, Reach reach) throws ToolFailure {
        boolean secure = secure(uri);
        String host = host(uri);
        boolean listed = reach.names(host);
        if (!listed && !reach.anyPublicHost()) {
            throw refused(
                    host,
                    "it is not among the allowed hosts, which are those of the settings, or for a tool those that its"
                            + " definition has in limits.hosts");
        }
        int port = port(uri);
        if (port < 1 || port > 65535) {
            throw ToolFailure.invalid("url", "expected a port from 1 to 65535, got " + port);
        }
        List<InetAddress> addresses = resolve(host);
        boolean inside = listed && reach.privateAddresses();
        for (InetAddress address : addresses) {
            check(host, address, inside);
        }
        return new Destination(uri, host, port, secure, addresses);
    }

    /**
     * Refuses a URL that may not be reached now, before anybody sends something to it. Blocks while the name is
     * resolved.
     *
     * @throws ToolFailure as {@link #check} does
     */
    public void demand(URI uri, Reach reach) throws ToolFailure {
        check(uri, reach);
    }

    /** The port that the URL means. */
    static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    private static boolean secure(URI uri) throws ToolFailure {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "https" -> true;
            case "http" -> false;
            default -> throw ToolFailure.invalid("url", "expected scheme http or https, got '" + scheme + "'");
        };
    }

    private static String host(URI uri) throws ToolFailure {
        String authority = uri.getRawAuthority();
        if (authority != null && authority.contains("@")) {
            throw ToolFailure.invalid("url", "expected no user-info before the host: put credentials into a header");
        }
        String host = uri.getHost();
        if (host == null || host.contains("%")) {
            throw ToolFailure.invalid(
                    "url", "expected a host of letters, digits, '-' and '.', got '" + authority + "'");
        }
        return host;
    }

    private List<InetAddress> resolve(String host) throws ToolFailure {
        try {
            List<InetAddress> addresses = names.resolve(host);
            if (!addresses.isEmpty()) {
                return addresses;
            }
        } catch (UnknownHostException e) {
            // the same as no address
        }
        throw ToolFailure.of(ErrorKind.RUNTIME, "HTTP_HOST", "host '" + host + "' has no address")
                .retryable();
    }

    private static void check(String host, InetAddress address, boolean inside) throws ToolFailure {
        AddressRange range = AddressRange.of(address);
        boolean disguised = host.startsWith("[") && address instanceof Inet4Address;
        if (disguised) {
            throw refused(host, "it is an IPv4 address written as IPv6");
        }
        if (range.never() || (!range.isPublic() && !inside)) {
            throw refused(host, address.getHostAddress() + " is " + range.what());
        }
    }

    private static ToolFailure refused(String host, String reason) {
        return ToolFailure.of(
                ErrorKind.PERMISSION, "HOST_FORBIDDEN", "host '" + host + "' may not be reached: " + reason);
    }
}
