/** Tests of the built-in tools, one by one and as they are found. */
@NullMarked
package io.breadcrumbs.runner.builtin;

import org.jspecify.annotations.NullMarked;
