package io.breadcrumbs.local.desk.http;

import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.desk.SecretDesk;
import io.breadcrumbs.sdk.secret.SecretLine;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Secrets, by their routes. */
final class HttpSecrets implements SecretDesk {

    private static final String ADDRESS = "/api/secrets";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Door door;

    HttpSecrets(Door door) {
        this.door = door;
    }

    @Override
    public String set(String name, String value) throws InterruptedException {
        String body = JsonObject.builder().put("value", value).build().toString();
        Reply reply = door.send("PUT", ADDRESS + "/" + Door.part(name), body, PATIENCE);
        return Reply.text(reply.orFail(), "workspace");
    }

    @Override
    public List<SecretLine> all() throws InterruptedException {
        return Reply.items(door.get(ADDRESS).orFail(), "items").stream()
                .map(HttpSecrets::line)
                .toList();
    }

    private static SecretLine line(JsonObject secret) {
        return new SecretLine(
                Reply.text(secret, "workspace"),
                Reply.text(secret, "name"),
                Instant.ofEpochMilli(HttpRuns.moment(secret, "setAt")),
                HttpRuns.orNull(secret, "by"),
                Reply.text(secret, "masterKey"));
    }

    @Override
    public String delete(String name) throws InterruptedException {
        Reply reply = door.send("DELETE", ADDRESS + "/" + Door.part(name), null, PATIENCE);
        if (reply instanceof Reply.Problem problem && problem.json().get("workspace") != null) {
            throw new FailureException(
                    ExitCode.FAILED,
                    "no secret '" + name + "' in workspace " + Reply.text(problem.json(), "workspace"));
        }
        return Reply.text(reply.orFail(), "workspace");
    }
}
