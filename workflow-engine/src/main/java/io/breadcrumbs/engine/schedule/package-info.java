/**
 * Schedules, as far as the owner of a partition sees to them: it asks for the runs of their ticks, and says when those
 * may begin. Uses the memory and the bus; belongs to the thread of the owner.
 */
@NullMarked
package io.breadcrumbs.engine.schedule;

import org.jspecify.annotations.NullMarked;
