/** Tests of keys. */
@NullMarked
package io.breadcrumbs.sdk.access;

import org.jspecify.annotations.NullMarked;
