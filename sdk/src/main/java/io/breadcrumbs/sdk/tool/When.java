package io.breadcrumbs.sdk.tool;

import io.breadcrumbs.schemas.MissedTicks;
import io.breadcrumbs.schemas.Selector;
import io.breadcrumbs.schemas.Trigger;
import io.breadcrumbs.schemas.TriggerKind;
import java.time.ZoneId;

/** When a tool is asked for without anybody asking; what comes of each kind is explained in {@code docs/tools.md}. */
public final class When {

    private When() {}

    /** Whenever a breadcrumb is created or changed that is selected; the input's field {@code breadcrumb} has it. */
    public static Trigger selected(String name, Selector selector) {
        return of(name, TriggerKind.SELECTOR).setSelector(selector).build();
    }

    /**
     * At the ticks of a cron expression; those that nobody kept are left out.
     *
     * @param cron minute, hour, day of the month, month, day of the week
     */
    public static Trigger tick(String name, String cron, ZoneId zone) {
        return of(name, TriggerKind.CRON)
                .setCron(cron)
                .setTimeZone(zone.getId())
                .build();
    }

    /** The same; if ticks were missed, once for the last of them. */
    public static Trigger tickOrLater(String name, String cron, ZoneId zone) {
        return Trigger.newBuilder(tick(name, cron, zone))
                .setMissed(MissedTicks.ONCE)
                .build();
    }

    /** At the start, smaller priorities first, each after the last has ended. */
    public static Trigger start(String name, int priority) {
        return of(name, TriggerKind.BOOTSTRAP).setPriority(priority).build();
    }

    /** Always: again whenever it has ended. */
    public static Trigger always(String name) {
        return of(name, TriggerKind.CONTINUOUS).build();
    }

    private static Trigger.Builder of(String name, TriggerKind kind) {
        return Trigger.newBuilder().setName(name).setKind(kind);
    }
}
