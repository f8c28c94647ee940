package io.breadcrumbs.sdk.breadcrumb;

/** Why a command about a breadcrumb was not followed, by stable names. */
public enum RefusalCode {
    /** There is a breadcrumb of this id already. */
    EXISTS,
    /** There is no breadcrumb of this id in the workspace. */
    NOT_FOUND,
    /** The breadcrumb is another's, and who asks may not do this to it. */
    FORBIDDEN,
    /** The breadcrumb has another version than the change was made against. */
    VERSION,
    /** A field of the command is wrong. */
    INVALID,
    /** The breadcrumb does not end yet. */
    NOT_DUE,
    /** The command is newer than who decides it. */
    UNKNOWN_KIND,
    /** Deciding failed, by no fault of who asked. */
    INTERNAL;

    /** The code of this name; {@link #INTERNAL} for one that is newer than this. */
    static RefusalCode of(String name) {
        for (RefusalCode code : values()) {
            if (code.name().equals(name)) {
                return code;
            }
        }
        return INTERNAL;
    }
}
