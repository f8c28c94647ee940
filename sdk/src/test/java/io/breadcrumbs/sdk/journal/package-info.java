/** The journal of runs. */
@NullMarked
package io.breadcrumbs.sdk.journal;

import org.jspecify.annotations.NullMarked;
