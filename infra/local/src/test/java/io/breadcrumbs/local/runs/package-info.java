/** Tests of {@code runs}. */
@NullMarked
package io.breadcrumbs.local.runs;

import org.jspecify.annotations.NullMarked;
