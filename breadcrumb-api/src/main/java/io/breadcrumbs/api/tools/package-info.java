/**
 * The tools of the catalogue, over HTTP: listed, described and called. Uses {@code http} and {@code problem}; any
 * thread.
 */
@NullMarked
package io.breadcrumbs.api.tools;

import org.jspecify.annotations.NullMarked;
