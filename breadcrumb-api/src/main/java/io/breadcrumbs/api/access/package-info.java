/**
 * Keys and secrets of a workspace, for its curators: made, listed and ended. Uses {@code sdk}'s {@code access} and
 * {@code secret}; requests block in it, on virtual threads. Nothing here says what a key or a secret is, but once the
 * key that was made.
 */
@NullMarked
package io.breadcrumbs.api.access;

import org.jspecify.annotations.NullMarked;
