/**
 * A platform's log as those see it who operate it: topics with their sizes, records whoever wrote them, and dead
 * letters with how they end. Works where a bus does not become ready. Uses {@code sdk.log}, the schemas' wire format,
 * and of Kafka its admin client. All of it blocks; what reads belongs to one thread at a time.
 */
@NullMarked
package io.breadcrumbs.sdk.operate;

import org.jspecify.annotations.NullMarked;
