package io.breadcrumbs.schemas.catalogue;

import java.util.Map;

/**
 * What a cluster says about one of its topics.
 *
 * @param replication the smallest number of replicas of any partition
 */
record TopicState(int partitions, int replication, Map<String, String> settings) {
    TopicState {
        settings = Map.copyOf(settings);
    }
}
