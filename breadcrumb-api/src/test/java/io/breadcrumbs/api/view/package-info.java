/** Tests of the view of breadcrumbs. */
@NullMarked
package io.breadcrumbs.api.view;

import org.jspecify.annotations.NullMarked;
