/** Tests of what users of the sdk see. */
@NullMarked
package io.breadcrumbs.sdk;

import org.jspecify.annotations.NullMarked;
