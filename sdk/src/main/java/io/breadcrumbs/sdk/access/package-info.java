/**
 * Keys by which callers of the platform are known: made once, kept as hashes in {@code access.key.v1}. Uses the bus;
 * any thread.
 */
@NullMarked
package io.breadcrumbs.sdk.access;

import org.jspecify.annotations.NullMarked;
