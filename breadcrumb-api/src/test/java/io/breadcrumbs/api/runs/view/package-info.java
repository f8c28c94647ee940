/** Tests of the view of runs, and of what it saves. */
@NullMarked
package io.breadcrumbs.api.runs.view;

import org.jspecify.annotations.NullMarked;
