/** Commands about schedules: they change breadcrumbs, and read them. Run by the main thread. */
@NullMarked
package io.breadcrumbs.local.schedules;

import org.jspecify.annotations.NullMarked;
