/** Tests of how much a caller may ask for. */
@NullMarked
package io.breadcrumbs.api.limit;

import org.jspecify.annotations.NullMarked;
