package io.breadcrumbs.api.operate;

import io.breadcrumbs.api.http.Bodies;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.operate.FieldCondition;
import io.breadcrumbs.sdk.operate.SeenRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records that somebody wants to see.
 *
 * @param workspace whose they are
 * @param fromBeginning or only what comes from now on
 * @param conditions all of which must hold
 * @param follow goes on beyond the end as it stands now
 * @param most after so many it is over
 * @param seen the id of the last event that was seen; null: none
 */
record Wanted(
        String topic,
        String workspace,
        boolean fromBeginning,
        List<FieldCondition> conditions,
        boolean follow,
        int most,
        @Nullable String seen) {

    Wanted {
        conditions = List.copyOf(conditions);
    }

    /** What {@code where} says; a problem if no record of the topic can ever be meant by it. */
    static List<FieldCondition> conditions(String topic, List<String> said) {
        List<FieldCondition> conditions;
        try {
            conditions = said.stream().map(FieldCondition::parse).toList();
        } catch (IllegalArgumentException e) {
            throw Bodies.wrong("where", String.valueOf(e.getMessage()));
        }
        Catalogue.topic(topic)
                .ifPresent(known -> conditions.forEach(
                        condition -> condition.fault(known.schema()).ifPresent(fault -> {
                            throw Bodies.wrong("where", fault);
                        })));
        return conditions;
    }

    boolean means(SeenRecord one) {
        return one.workspace().equals(workspace)
                && conditions.stream().allMatch(condition -> condition.matches(one.value()));
    }
}
