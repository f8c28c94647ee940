package io.breadcrumbs.api.openapi;

/** What Micronaut's health routes do: they are not ours, and cannot say it themselves. */
interface Health {

    @Does(
            value = "How the platform is; liveness and readiness tell whether to restart it and whether to ask it.",
            answer = "Health",
            status = {200, 503})
    void health();

    static Does said() {
        try {
            return Health.class.getDeclaredMethod("health").getAnnotation(Does.class);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }
}
