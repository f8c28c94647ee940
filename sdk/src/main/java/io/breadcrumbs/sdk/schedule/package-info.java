/**
 * Schedules: which workflow is started when, as breadcrumbs have it, and what the runs are called that they start.
 * Knows no engine; {@link Cron} serves triggers of tools as well.
 */
@NullMarked
package io.breadcrumbs.sdk.schedule;

import org.jspecify.annotations.NullMarked;
