/** Tests of streams of events, over a log in memory. */
@NullMarked
package io.breadcrumbs.api.events;

import org.jspecify.annotations.NullMarked;
