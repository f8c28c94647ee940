/**
 * Who may come through the door: keys, tokens, roles and workspaces, asked before any route is called. Uses Micronaut,
 * {@code http} and {@code problem}; any thread.
 */
@NullMarked
package io.breadcrumbs.api.security;

import org.jspecify.annotations.NullMarked;
