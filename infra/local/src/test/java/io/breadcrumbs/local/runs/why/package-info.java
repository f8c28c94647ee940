/** Tests of {@code runs.why}. */
@NullMarked
package io.breadcrumbs.local.runs.why;

import org.jspecify.annotations.NullMarked;
