/**
 * Secrets of workspaces: encrypted, kept in {@code secret.v1}, read where tools are executed. Uses the bus and the
 * JDK's ciphers; any thread. No text that these classes give for people has a value or a key in it.
 */
@NullMarked
package io.breadcrumbs.sdk.secret;

import org.jspecify.annotations.NullMarked;
