/** Tests of what routes make of breadcrumbs. */
@NullMarked
package io.breadcrumbs.api.rest;

import org.jspecify.annotations.NullMarked;
