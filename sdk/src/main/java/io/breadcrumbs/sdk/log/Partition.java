package io.breadcrumbs.sdk.log;

/** One partition of a topic. */
public record Partition(String topic, int number) implements Comparable<Partition> {

    public Partition {
        if (number < 0) {
            throw new IllegalArgumentException("partition of " + topic + ": expected 0 or more, got " + number);
        }
    }

    @Override
    public int compareTo(Partition other) {
        int byTopic = topic.compareTo(other.topic);
        return byTopic != 0 ? byTopic : Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return topic + "-" + number;
    }
}
