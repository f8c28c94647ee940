/** Tests of webhooks: of their rules over a log in memory, of their posts over sockets. */
@NullMarked
package io.breadcrumbs.api.webhooks;

import org.jspecify.annotations.NullMarked;
