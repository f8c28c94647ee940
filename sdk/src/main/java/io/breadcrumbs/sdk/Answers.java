package io.breadcrumbs.sdk;

import io.breadcrumbs.schemas.catalogue.Topic;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/**
 * Where the answers to a group's records are found. Who is given a partition then skips what was answered, though its
 * former owner could not commit that any more.
 *
 * @param topic of the answers
 * @param asked the id that a record asks under
 * @param answered the id that an answer names
 */
public record Answers<V extends SpecificRecord, A extends SpecificRecord>(
        Topic<A> topic, Function<V, String> asked, Function<A, String> answered) {}
