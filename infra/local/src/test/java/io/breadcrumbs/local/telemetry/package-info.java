/** Traces as a collector sees them, over a platform with everything in it. */
@NullMarked
package io.breadcrumbs.local.telemetry;

import org.jspecify.annotations.NullMarked;
