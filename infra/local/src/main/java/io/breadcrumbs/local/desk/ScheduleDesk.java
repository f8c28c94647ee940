package io.breadcrumbs.local.desk;

import io.breadcrumbs.sdk.workflow.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Schedules. */
public interface ScheduleDesk {

    /** All of them by name, each with its next time in {@code next} and its last run. */
    List<JsonObject> all() throws InterruptedException, TimeoutException;

    /** Stores one under a name, instead of what was there. */
    void save(String name, JsonObject context) throws InterruptedException;

    void pause(String name, boolean paused) throws InterruptedException;

    void delete(String name) throws InterruptedException;
}
