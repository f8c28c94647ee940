/** Tests of this package; its channels are tested with the connections that use them. */
@NullMarked
package io.breadcrumbs.runner.provider.mcp.channel;

import org.jspecify.annotations.NullMarked;
