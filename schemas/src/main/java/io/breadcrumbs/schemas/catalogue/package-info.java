/**
 * The catalogue of topics: names, keys, partition rules, retention and schemas, and what creates and checks them.
 *
 * <p>Uses the generated records and Kafka's admin client. The catalogue is immutable; the admin's calls block and
 * belong to the thread that starts a process, never to a loop that reads.
 */
@NullMarked
package io.breadcrumbs.schemas.catalogue;

import org.jspecify.annotations.NullMarked;
