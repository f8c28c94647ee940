/** Tests of selectors. */
@NullMarked
package io.breadcrumbs.sdk.selector;

import org.jspecify.annotations.NullMarked;
