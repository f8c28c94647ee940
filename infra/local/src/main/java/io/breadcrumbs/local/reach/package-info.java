/**
 * Where a command finds the platform that it asks: here is decided whether by its brokers or by its HTTP door, and
 * nowhere else. Run by the main thread.
 */
@NullMarked
package io.breadcrumbs.local.reach;

import org.jspecify.annotations.NullMarked;
