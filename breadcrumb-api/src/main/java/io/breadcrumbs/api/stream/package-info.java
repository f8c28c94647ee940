/**
 * Server-sent events. A viewer takes what comes next from its source when its socket has room, on a virtual thread for
 * as long as there is something; between events it holds no thread, no timer and no queue.
 */
@NullMarked
package io.breadcrumbs.api.stream;

import org.jspecify.annotations.NullMarked;
