/**
 * From request to answer: the desk takes requests, a work follows one of them to its acknowledged answer, executions
 * run the tools. A request belongs to one work at a time; works are guarded by their own monitors.
 */
@NullMarked
package io.breadcrumbs.runner.intake;

import org.jspecify.annotations.NullMarked;
