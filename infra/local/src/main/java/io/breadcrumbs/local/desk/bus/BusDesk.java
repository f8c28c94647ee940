package io.breadcrumbs.local.desk.bus;

import io.breadcrumbs.local.desk.Desk;
import io.breadcrumbs.local.desk.RunDesk;
import io.breadcrumbs.local.desk.ScheduleDesk;
import io.breadcrumbs.local.desk.ToolDesk;
import io.breadcrumbs.local.desk.WorkflowDesk;
import io.breadcrumbs.sdk.Bus;
import java.time.Duration;

/** A platform whose brokers are asked. */
public final class BusDesk implements Desk {

    /** A topic that gives nothing for so long is given up. */
    static final Duration READ_WITHIN = Duration.ofSeconds(30);

    private final Bus bus;

    /** @param bus closed with the desk */
    public BusDesk(Bus bus) {
        this.bus = bus;
    }

    @Override
    public RunDesk runs() {
        return new BusRuns(bus, user());
    }

    @Override
    public WorkflowDesk workflows() {
        return new BusWorkflows(bus, user());
    }

    @Override
    public ScheduleDesk schedules() {
        return new BusSchedules(bus, user());
    }

    @Override
    public ToolDesk tools() {
        return new BusTools(bus);
    }

    /** The person at the command line, as journals name him. */
    private static String user() {
        return System.getProperty("user.name", "crumb");
    }

    @Override
    public void close() {
        bus.close();
    }
}
