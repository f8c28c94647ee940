/** Tests of what callers send and see of runs. */
@NullMarked
package io.breadcrumbs.api.runs;

import org.jspecify.annotations.NullMarked;
