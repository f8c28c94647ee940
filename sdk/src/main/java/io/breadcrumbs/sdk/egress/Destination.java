package io.breadcrumbs.sdk.egress;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;

/**
 * Where a request goes: checked, with the addresses that were checked.
 *
 * @param host as the URL names it
 * @param addresses to try one after another; nobody resolves the host again
 */
record Destination(URI uri, String host, int port, boolean secure, List<InetAddress> addresses) {

    Destination {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("addresses: expected one or more of host '" + host + "', got none");
        }
    }
}
