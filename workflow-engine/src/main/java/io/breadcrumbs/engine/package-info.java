/**
 * The workflow-engine: one coordinator for each owned partition decides what runs do next and writes the journal; a
 * Kafka Streams topology is its memory. Uses the SDK only, and knows nothing of runner and API.
 */
@NullMarked
package io.breadcrumbs.engine;

import org.jspecify.annotations.NullMarked;
