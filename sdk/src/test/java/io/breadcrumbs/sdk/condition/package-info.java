/** Tests of conditions in CEL. */
@NullMarked
package io.breadcrumbs.sdk.condition;

import org.jspecify.annotations.NullMarked;
