package io.breadcrumbs.schemas.catalogue;

/**
 * Something in the cluster that is not as the catalogue wants it.
 *
 * @param topic name of the topic, or of the broker setting
 * @param message what was expected, what came, and what to do
 */
public record TopicFault(String topic, Kind kind, String message) {
    /** What is wrong; the names are stable. */
    public enum Kind {
        MISSING,
        PARTITIONS,
        REPLICATION,
        MIN_INSYNC,
        UNCLEAN_ELECTION,
        TIMESTAMP,
        RETENTION,
        RECORD_SIZE,
        GROUP_OFFSETS
    }

    static TopicFault setting(Topic<?> topic, Kind kind, String expected, String came) {
        return new TopicFault(
                topic.name(),
                kind,
                "topic " + topic.name() + ": expected " + expected + ", came " + came + ": change the topic's setting");
    }

    @Override
    public String toString() {
        return message;
    }
}
