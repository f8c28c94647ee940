/** Who may execute. */
@NullMarked
package io.breadcrumbs.runner.slot;

import org.jspecify.annotations.NullMarked;
