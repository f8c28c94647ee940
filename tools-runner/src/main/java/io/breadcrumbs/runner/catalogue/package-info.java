/**
 * The catalogue of tools as this runner sees it: read from {@code tool.v1}, made ready for execution, and announced.
 */
@NullMarked
package io.breadcrumbs.runner.catalogue;

import org.jspecify.annotations.NullMarked;
