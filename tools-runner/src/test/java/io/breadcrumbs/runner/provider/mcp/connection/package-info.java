/** Tests of this package, against servers of their own in this process and in others. */
@NullMarked
package io.breadcrumbs.runner.provider.mcp.connection;

import org.jspecify.annotations.NullMarked;
