/**
 * Dead letters: what stands on their topic, and how they end. Uses Kafka's clients and the schemas' wire format alone,
 * so that it works where the bus does not become ready. Run by the calling thread.
 */
@NullMarked
package io.breadcrumbs.local.deadletters;

import org.jspecify.annotations.NullMarked;
