/** Schedules, and when they are due. */
@NullMarked
package io.breadcrumbs.sdk.schedule;

import org.jspecify.annotations.NullMarked;
