/** Tests of who may come in, over the whole platform. */
@NullMarked
package io.breadcrumbs.local.access;

import org.jspecify.annotations.NullMarked;
