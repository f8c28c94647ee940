/** Tests of {@code runs.why}. */
@NullMarked
package io.breadcrumbs.sdk.runs.why;

import org.jspecify.annotations.NullMarked;
