/**
 * What the door counts: requests by route, and how far its views are. Uses Micrometer; what is gauged is asked for by
 * whoever collects the meters, and must not block.
 */
@NullMarked
package io.breadcrumbs.api.metrics;

import org.jspecify.annotations.NullMarked;
