/**
 * Requests of callers that nobody answers: the owner of their partition does, when their time is over. Uses the memory;
 * the coordinator's thread owns it.
 */
@NullMarked
package io.breadcrumbs.engine.overdue;

import org.jspecify.annotations.NullMarked;
