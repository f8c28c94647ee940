package io.breadcrumbs.schemas.catalogue;

import java.time.Duration;
import java.util.Map;

/**
 * What a cluster says about itself, as far as the catalogue cares.
 *
 * @param topics its topics by name
 * @param groupOffsets how long the offsets of a group without members are kept
 */
record ClusterState(int brokers, Map<String, TopicState> topics, Duration groupOffsets) {
    ClusterState {
        topics = Map.copyOf(topics);
    }
}
