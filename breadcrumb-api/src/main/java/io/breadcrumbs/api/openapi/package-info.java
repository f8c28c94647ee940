/**
 * The OpenAPI document of the door, and the page to try it. Made at the first request of what the router knows, the
 * routes say ({@code Needs}, {@code Does}) and two files hold: schemas and parameters. A parameter that a route does
 * not say is refused. Uses Micronaut and {@code http}; any thread.
 */
@NullMarked
package io.breadcrumbs.api.openapi;

import org.jspecify.annotations.NullMarked;
