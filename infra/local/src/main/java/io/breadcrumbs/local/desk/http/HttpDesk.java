package io.breadcrumbs.local.desk.http;

import io.breadcrumbs.local.desk.Desk;
import io.breadcrumbs.local.desk.KeyDesk;
import io.breadcrumbs.local.desk.RunDesk;
import io.breadcrumbs.local.desk.ScheduleDesk;
import io.breadcrumbs.local.desk.SecretDesk;
import io.breadcrumbs.local.desk.ToolDesk;
import io.breadcrumbs.local.desk.WorkflowDesk;
import io.breadcrumbs.local.desk.log.LetterDesk;
import io.breadcrumbs.local.desk.log.LogDesk;
import io.breadcrumbs.local.desk.log.TopicDesk;
import org.jspecify.annotations.Nullable;

/** A platform of which the HTTP door is asked. The caller's key says in which workspace, unless the caller does. */
public final class HttpDesk implements Desk, LogDesk {

    private final Door door;

    /**
     * @param url without a slash at its end
     * @param key of the caller; null if there is none
     */
    public HttpDesk(String url, @Nullable String key) {
        door = new Door(url, key);
    }

    @Override
    public RunDesk runs() {
        return new HttpRuns(door);
    }

    @Override
    public WorkflowDesk workflows() {
        return new HttpWorkflows(door);
    }

    @Override
    public ScheduleDesk schedules() {
        return new HttpSchedules(door);
    }

    @Override
    public ToolDesk tools() {
        return new HttpTools(door);
    }

    @Override
    public KeyDesk keys(@Nullable String workspace) {
        return new HttpKeys(door.in(workspace));
    }

    @Override
    public SecretDesk secrets(@Nullable String workspace) {
        return new HttpSecrets(door.in(workspace));
    }

    @Override
    public TopicDesk topics() {
        return new HttpTopics(door);
    }

    @Override
    public LetterDesk letters() {
        return new HttpLetters(door);
    }

    @Override
    public void close() {
        door.close();
    }
}
