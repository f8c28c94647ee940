/** Triggers, over the test kit's log in memory. */
@NullMarked
package io.breadcrumbs.runner.trigger;

import org.jspecify.annotations.NullMarked;
