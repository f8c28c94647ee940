/**
 * What all doors share: who asks, what bodies say, what stands behind the routes. Uses Micronaut and {@code problem};
 * any thread.
 */
@NullMarked
package io.breadcrumbs.api.http;

import org.jspecify.annotations.NullMarked;
