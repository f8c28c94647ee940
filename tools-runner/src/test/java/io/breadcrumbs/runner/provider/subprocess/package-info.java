/** Tests of tools that are commands, which are scripts of bash here. */
@NullMarked
package io.breadcrumbs.runner.provider.subprocess;

import org.jspecify.annotations.NullMarked;
