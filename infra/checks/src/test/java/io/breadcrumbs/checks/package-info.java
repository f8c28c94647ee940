/** Checks of the source text itself: format, sizes, words. They run before anything is built. */
@NullMarked
package io.breadcrumbs.checks;

import org.jspecify.annotations.NullMarked;
