/** Tests of what is decided about breadcrumbs. */
@NullMarked
package io.breadcrumbs.api.decide;

import org.jspecify.annotations.NullMarked;
