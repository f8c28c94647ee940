package io.breadcrumbs.local.desk.http;

import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.desk.ScheduleDesk;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import java.time.Duration;
import java.util.List;

/** Schedules, by their routes. */
final class HttpSchedules implements ScheduleDesk {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Door door;

    HttpSchedules(Door door) {
        this.door = door;
    }

    @Override
    public List<JsonObject> all() throws InterruptedException {
        return Reply.items(door.get("/api/schedules").orFail(), "items").stream()
                .map(HttpSchedules::flat)
                .toList();
    }

    /** Its last run by id and status, as commands print it. */
    private static JsonObject flat(JsonObject schedule) {
        JsonObject.Builder flat = JsonObject.builder();
        schedule.fields().forEach((name, value) -> {
            if (name.equals("lastRun") && value instanceof JsonObject run) {
                flat.put("lastRun", Reply.text(run, "threadId")).put("lastStatus", Reply.text(run, "status"));
            } else {
                flat.put(name, value);
            }
        });
        return flat.build();
    }

    @Override
    public void save(String name, JsonObject context) throws InterruptedException {
        door.send("PUT", address(name), context.toString(), PATIENCE).orFail();
    }

    @Override
    public void pause(String name, boolean paused) throws InterruptedException {
        demandFound(name, door.post(address(name) + (paused ? "/pause" : "/resume"), Reply.NOTHING));
    }

    @Override
    public void delete(String name) throws InterruptedException {
        demandFound(name, door.send("DELETE", address(name), null, PATIENCE));
    }

    private static String address(String name) {
        return "/api/schedules/" + Door.part(name);
    }

    private static void demandFound(String name, Reply reply) {
        if (reply instanceof Reply.Problem problem && problem.status() == 404) {
            throw new FailureException(
                    ExitCode.FAILED, "no schedule '" + name + "'; './crumb schedule list' lists them");
        }
        reply.orFail();
    }
}
