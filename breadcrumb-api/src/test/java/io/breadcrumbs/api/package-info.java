/** Tests of the HTTP door. */
@NullMarked
package io.breadcrumbs.api;

import org.jspecify.annotations.NullMarked;
