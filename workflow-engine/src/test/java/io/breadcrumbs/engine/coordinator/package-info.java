/** The engine under thousands of random schedules, and its parts by themselves. */
@NullMarked
package io.breadcrumbs.engine.coordinator;

import org.jspecify.annotations.NullMarked;
