package io.breadcrumbs.local.desk;

import io.breadcrumbs.sdk.secret.SecretLine;
import java.util.List;

/** Secrets that tools are given. */
public interface SecretDesk {

    /**
     * Gives one a value.
     *
     * @return the workspace that it is of
     */
    String set(String name, String value) throws InterruptedException;

    /** Those that there are, by workspace and name. */
    List<SecretLine> all() throws InterruptedException;

    /**
     * Ends one; ends the command if there is none.
     *
     * @return the workspace that it was of
     */
    String delete(String name) throws InterruptedException;
}
