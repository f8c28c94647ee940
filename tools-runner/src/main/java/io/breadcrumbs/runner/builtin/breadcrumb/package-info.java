/**
 * The built-in tools that write and find breadcrumbs, by the sdk's client. Each execution owns what it makes; the
 * client is shared.
 */
@NullMarked
package io.breadcrumbs.runner.builtin.breadcrumb;

import org.jspecify.annotations.NullMarked;
