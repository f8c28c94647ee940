/** Tests of commands that ask a platform over its HTTP door. */
@NullMarked
package io.breadcrumbs.local.reach;

import org.jspecify.annotations.NullMarked;
