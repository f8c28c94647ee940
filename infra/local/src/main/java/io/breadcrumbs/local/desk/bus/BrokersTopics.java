package io.breadcrumbs.local.desk.bus;

import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.desk.log.TopicDesk;
import io.breadcrumbs.schemas.wire.RegistryException;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.operate.Brokers;
import io.breadcrumbs.sdk.operate.SeenRecord;
import io.breadcrumbs.sdk.operate.TopicRecords;
import io.breadcrumbs.sdk.operate.TopicReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Topics, as the brokers have them: all of them, with the records of all workspaces. */
final class BrokersTopics implements TopicDesk {

    private static final Duration POLL = Duration.ofMillis(500);

    private final Brokers brokers;

    BrokersTopics(Brokers brokers) {
        this.brokers = brokers;
    }

    @Override
    public List<TopicReport> all() {
        return brokers.reports();
    }

    @Override
    public void read(Wanted wanted, Predicate<SeenRecord> wantsMore) {
        String topic = wanted.topic();
        Set<String> topics = brokers.topics().keySet();
        if (!topics.contains(topic)) {
            throw new FailureException(
                    ExitCode.FAILED, "no topic '" + topic + "'; there are " + String.join(", ", topics));
        }
        Map<Integer, Long> ends = brokers.ends(topic);
        Map<Integer, Long> from = wanted.fromBeginning() ? brokers.starts(topic) : ends;
        try (TopicRecords records = new TopicRecords(brokers, topic, from)) {
            while (wanted.follow() || !records.reached(ends)) {
                for (Fetched read : records.poll(POLL)) {
                    SeenRecord seen = seen(records, read);
                    boolean meant = wanted.conditions().stream().allMatch(condition -> condition.matches(seen.value()));
                    if (meant && !wantsMore.test(seen)) {
                        return;
                    }
                }
            }
        }
    }

    private static SeenRecord seen(TopicRecords records, Fetched read) {
        try {
            return records.seen(read);
        } catch (RegistryException e) {
            return TopicRecords.unread(read, String.valueOf(e.getMessage()));
        }
    }
}
