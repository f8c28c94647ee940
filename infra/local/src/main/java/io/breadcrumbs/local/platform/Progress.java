package io.breadcrumbs.local.platform;

/** Hears how far a start has come; called from the starting threads, one line at a time. */
@FunctionalInterface
public interface Progress {

    /** One part is there. */
    void done(String line);
}
