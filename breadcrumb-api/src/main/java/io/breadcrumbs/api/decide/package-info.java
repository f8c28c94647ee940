/**
 * What becomes of a command about a breadcrumb: pure functions of its latest state, the command and the time. Uses the
 * records of {@code schemas} and the JSON of the sdk; any thread.
 */
@NullMarked
package io.breadcrumbs.api.decide;

import org.jspecify.annotations.NullMarked;
