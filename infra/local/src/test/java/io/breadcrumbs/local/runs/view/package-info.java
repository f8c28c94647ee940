/** Tests of {@code runs.view}. */
@NullMarked
package io.breadcrumbs.local.runs.view;

import org.jspecify.annotations.NullMarked;
