package io.breadcrumbs.api.http;

import io.breadcrumbs.sdk.Metas;
import io.micronaut.http.HttpRequest;

/**
 * Who asks, and in which workspace.
 *
 * @param name of the agent or user
 */
public record Caller(String workspace, String name) {

    public static final String WORKSPACE = "Breadcrumbs-Workspace";
    public static final String AGENT = "Breadcrumbs-Agent";

    /** Without security a caller is who it says it is: the door then listens on this machine only. */
    public static Caller of(HttpRequest<?> request) {
        return new Caller(
                request.getHeaders().get(WORKSPACE, String.class).orElse(Metas.DEFAULT_WORKSPACE),
                request.getHeaders().get(AGENT, String.class).orElse("http"));
    }

    /** One text for the two. */
    public String id() {
        return workspace + "/" + name;
    }
}
