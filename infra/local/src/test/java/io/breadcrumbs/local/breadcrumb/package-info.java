/** Breadcrumbs over the real broker: owners that are killed, fenced and race, and what their users see. */
@NullMarked
package io.breadcrumbs.local.breadcrumb;

import org.jspecify.annotations.NullMarked;
