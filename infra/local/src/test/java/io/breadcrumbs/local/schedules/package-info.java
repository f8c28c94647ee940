/** Schedules by the command line. */
@NullMarked
package io.breadcrumbs.local.schedules;

import org.jspecify.annotations.NullMarked;
