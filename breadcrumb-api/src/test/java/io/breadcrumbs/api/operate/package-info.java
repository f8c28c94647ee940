/** Tests of looking into the log over HTTP. */
@NullMarked
package io.breadcrumbs.api.operate;

import org.jspecify.annotations.NullMarked;
