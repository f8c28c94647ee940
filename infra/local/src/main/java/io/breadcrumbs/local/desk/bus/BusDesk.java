package io.breadcrumbs.local.desk.bus;

import io.breadcrumbs.local.desk.Desk;
import io.breadcrumbs.local.desk.KeyDesk;
import io.breadcrumbs.local.desk.RunDesk;
import io.breadcrumbs.local.desk.ScheduleDesk;
import io.breadcrumbs.local.desk.SecretDesk;
import io.breadcrumbs.local.desk.ToolDesk;
import io.breadcrumbs.local.desk.WorkflowDesk;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.secret.MasterKeys;
import io.breadcrumbs.sdk.secret.SecretChanges;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A platform whose brokers are asked. */
public final class BusDesk implements Desk {

    /** A topic that gives nothing for so long is given up. */
    static final Duration READ_WITHIN = Duration.ofSeconds(30);

    private final Bus bus;
    private final MasterKeys masters;

    /**
     * Over these brokers.
     *
     * @param bus closed with the desk
     * @param masters with which secrets are encrypted
     */
    public BusDesk(Bus bus, MasterKeys masters) {
        this.bus = bus;
        this.masters = masters;
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

    @Override
    public KeyDesk keys(@Nullable String workspace) {
        return new BusKeys(bus, user(), workspace);
    }

    @Override
    public SecretDesk secrets(@Nullable String workspace) {
        return new BusSecrets(new SecretChanges(bus, masters, READ_WITHIN), user(), workspace);
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
