/** Tests of {@code workflows}. */
@NullMarked
package io.breadcrumbs.local.workflows;

import org.jspecify.annotations.NullMarked;
