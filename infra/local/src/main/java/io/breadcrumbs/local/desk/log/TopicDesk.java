package io.breadcrumbs.local.desk.log;

import io.breadcrumbs.sdk.operate.FieldCondition;
import io.breadcrumbs.sdk.operate.SeenRecord;
import io.breadcrumbs.sdk.operate.TopicReport;
import java.util.List;
import java.util.function.Predicate;

/** Topics, and what stands in them. */
public interface TopicDesk {

    /**
     * The records that are wanted.
     *
     * @param fromBeginning or only what comes from now on
     * @param conditions all of which must hold
     * @param follow goes on beyond the end as it stands now
     */
    record Wanted(String topic, boolean fromBeginning, List<FieldCondition> conditions, boolean follow) {

        public Wanted {
            conditions = List.copyOf(conditions);
        }
    }

    /** All of them, by name. */
    List<TopicReport> all() throws InterruptedException;

    /** Hands over what is wanted until the receiver has had enough. */
    void read(Wanted wanted, Predicate<SeenRecord> wantsMore) throws InterruptedException;
}
