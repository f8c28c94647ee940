package io.breadcrumbs.api.view;

/** The view has not come so far in time: it may help to ask again. */
public final class LateException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param message what has not come */
    public LateException(String message) {
        super(message);
    }
}
