/** Tests of {@code runs}. */
@NullMarked
package io.breadcrumbs.sdk.runs;

import org.jspecify.annotations.NullMarked;
