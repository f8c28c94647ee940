/** Tests of the view of runs and of what is made of it. */
@NullMarked
package io.breadcrumbs.api.runs;

import org.jspecify.annotations.NullMarked;
