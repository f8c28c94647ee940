package io.breadcrumbs.local.tools;

import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.Group;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Who serves: how many members the groups have that do the work. Blocks. */
public final class Members {

    private Members() {}

    /** How many runners serve these pools; 0 where nobody does. */
    public static Map<String, Integer> runners(Bus bus, Set<String> pools, Duration atMost)
            throws InterruptedException, TimeoutException {
        Map<String, Integer> groups = of(bus, pools.stream().map(Group::runners).collect(Collectors.toSet()), atMost);
        return pools.stream()
                .collect(Collectors.toMap(pool -> pool, pool -> groups.getOrDefault(Group.runners(pool), 0)));
    }

    /** How many engines decide about runs. */
    public static int engines(Bus bus, Duration atMost) throws InterruptedException, TimeoutException {
        return of(bus, Set.of(Group.ENGINES), atMost).getOrDefault(Group.ENGINES, 0);
    }

    private static Map<String, Integer> of(Bus bus, Set<String> groups, Duration atMost)
            throws InterruptedException, TimeoutException {
        try {
            return bus.members(groups).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new FailureException(
                    ExitCode.FAILED, String.valueOf(BusException.of(cause).getMessage()));
        }
    }

    /** What somebody should know whose requests go to a pool that nobody serves. */
    public static String nobody(String pool) {
        return "no runner serves pool '" + pool + "': requests for its tools wait until one joins, such as that of"
                + " a platform started with './crumb up --pools default," + pool + "'";
    }
}
