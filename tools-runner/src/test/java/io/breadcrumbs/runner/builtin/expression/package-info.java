/** Tests of arithmetic. */
@NullMarked
package io.breadcrumbs.runner.builtin.expression;

import org.jspecify.annotations.NullMarked;
