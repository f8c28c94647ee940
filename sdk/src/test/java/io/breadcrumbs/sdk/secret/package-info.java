/** Tests of secrets. */
@NullMarked
package io.breadcrumbs.sdk.secret;

import org.jspecify.annotations.NullMarked;
