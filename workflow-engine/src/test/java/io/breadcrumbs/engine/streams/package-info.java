/** What Kafka Streams makes of the engine. */
@NullMarked
package io.breadcrumbs.engine.streams;

import org.jspecify.annotations.NullMarked;
