package io.breadcrumbs.api.webhooks;

import io.breadcrumbs.api.events.Told;

/** One event for one subscription. Guarded by its line's monitor, but what never changes. */
final class Job {

    private final Sending.Post post;
    private final Handed handed;
    private final String id;
    private int attempts;
    private boolean waiting;

    Job(Subscribed to, Handed handed) {
        this.post = new Sending.Post(to, handed.told());
        this.handed = handed;
        id = post.id();
    }

    Sending.Post post() {
        return post;
    }

    Subscribed to() {
        return post.to();
    }

    Handed handed() {
        return handed;
    }

    Told told() {
        return handed.told();
    }

    /** Of the delivery: the receiver knows by it what it has had before. */
    String id() {
        return id;
    }

    /** Of the breadcrumb, whose events come one after another. */
    String about() {
        return told().event().getBreadcrumbId();
    }

    int attempts() {
        return attempts;
    }

    void tries() {
        attempts++;
    }

    /** Its next attempt is a matter of time. */
    void waits() {
        waiting = true;
    }

    void ready() {
        waiting = false;
    }

    boolean waiting() {
        return waiting;
    }
}
