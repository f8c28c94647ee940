package io.breadcrumbs.api.http;

import io.micronaut.http.HttpRequest;
import java.util.EnumSet;
import java.util.Set;

/**
 * Who asks, in which workspace, and what it may do there.
 *
 * @param name of the agent or user
 */
public record Caller(String workspace, String name, Set<Role> roles) {

    /** Header that chooses among the workspaces that a caller may be in. */
    public static final String WORKSPACE = "Breadcrumbs-Workspace";

    /** Header by which a caller says who it is; believed only where nobody is asked for a key. */
    public static final String AGENT = "Breadcrumbs-Agent";

    private static final String ATTRIBUTE = "breadcrumbs.caller";

    public Caller {
        roles = Set.copyOf(roles);
    }

    /** An ordinary member, who writes and reads. */
    public Caller(String workspace, String name) {
        this(workspace, name, EnumSet.of(Role.EMITTER, Role.SUBSCRIBER));
    }

    /**
     * Who asks. Known before a route is called.
     *
     * @throws IllegalStateException for a route that anybody may ask
     */
    public static Caller of(HttpRequest<?> request) {
        return request.getAttribute(ATTRIBUTE, Caller.class)
                .orElseThrow(() -> new IllegalStateException("nobody has said who asks " + request.getPath()));
    }

    /** From now on the request is this caller's. */
    public void asks(HttpRequest<?> request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** Whether it may do what this role may. */
    public boolean may(Role role) {
        return roles.contains(role) || roles.contains(Role.CURATOR);
    }
}
