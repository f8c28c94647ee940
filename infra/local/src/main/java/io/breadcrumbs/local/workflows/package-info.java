/**
 * Commands about workflows that are stored under names. Uses the sdk's {@code runs} and {@code runs}' way to the bus.
 */
@NullMarked
package io.breadcrumbs.local.workflows;

import org.jspecify.annotations.NullMarked;
