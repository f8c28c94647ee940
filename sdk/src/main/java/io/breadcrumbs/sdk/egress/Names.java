package io.breadcrumbs.sdk.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host. Called once for each connection, on a virtual thread of its own; may block. */
@FunctionalInterface
public interface Names {

    /** All addresses of the host, the preferred first. */
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /** As the machine resolves names. */
    static Names ofMachine() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
