/** Tests of the owner of breadcrumbs, over a log in memory. */
@NullMarked
package io.breadcrumbs.api.owner;

import org.jspecify.annotations.NullMarked;
