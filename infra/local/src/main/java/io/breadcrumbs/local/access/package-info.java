/**
 * Commands about who may come in: keys of the platform, secrets, and what {@code up} is told of security. Commands run
 * on the thread of the command line.
 */
@NullMarked
package io.breadcrumbs.local.access;

import org.jspecify.annotations.NullMarked;
