package io.breadcrumbs.local.tools;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Who serves: how many members the groups have that do the work. Blocks. */
public final class Members {

    private static final String RUNNERS = "runner.";

    private Members() {}

    /** How many runners serve these pools; 0 where nobody does. */
    public static Map<String, Integer> runners(String kafka, Set<String> pools, Duration atMost)
            throws InterruptedException, TimeoutException {
        Map<String, Integer> groups =
                of(kafka, pools.stream().map(pool -> RUNNERS + pool).toList(), atMost);
        return pools.stream().collect(Collectors.toMap(pool -> pool, pool -> groups.getOrDefault(RUNNERS + pool, 0)));
    }

    /** How many members these groups have; 0 where there is no such group. */
    public static Map<String, Integer> of(String kafka, Collection<String> groups, Duration atMost)
            throws InterruptedException, TimeoutException {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", kafka, "default.api.timeout.ms", 10_000, "request.timeout.ms", 5_000);
        Map<String, Integer> members = new HashMap<>();
        try (Admin admin = Admin.create(settings)) {
            for (Map.Entry<String, KafkaFuture<ConsumerGroupDescription>> group :
                    admin.describeConsumerGroups(groups).describedGroups().entrySet()) {
                members.put(group.getKey(), count(group.getKey(), group.getValue(), atMost));
            }
        }
        return members;
    }

    private static int count(String group, KafkaFuture<ConsumerGroupDescription> described, Duration atMost)
            throws InterruptedException, TimeoutException {
        try {
            return described
                    .get(atMost.toMillis(), TimeUnit.MILLISECONDS)
                    .members()
                    .size();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return 0;
            }
            throw new IllegalStateException("Kafka does not say who is in group " + group + ": " + e.getCause(), e);
        }
    }

    /** What somebody should know whose requests go to a pool that nobody serves. */
    public static String nobody(String pool) {
        return "no runner serves pool '" + pool + "': requests for its tools wait until one joins, such as that of"
                + " a platform started with './crumb up --pools default," + pool + "'";
    }
}
