/** Tests of this package, against servers of their own. */
@NullMarked
package io.breadcrumbs.runner.provider.mcp;

import org.jspecify.annotations.NullMarked;
