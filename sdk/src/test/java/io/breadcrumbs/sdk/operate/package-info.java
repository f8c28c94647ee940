/** Tests of looking into topics and mending what could not be handled. */
@NullMarked
package io.breadcrumbs.sdk.operate;

import org.jspecify.annotations.NullMarked;
