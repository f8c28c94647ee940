package io.breadcrumbs.local.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.schemas.WorkflowCommand;
import io.breadcrumbs.schemas.WorkflowCommandKind;
import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.TailFrom;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs of a workspace: what is asked of them stays there, in the log as well. */
@Timeout(120)
class RunWorkspaceIT {

    private static final String[] TEAM = {"Breadcrumbs-Workspace", "team", "Breadcrumbs-Agent", "ada"};

    @TempDir
    static Path data;

    private static final Queue<WorkflowCommand> COMMANDS = new ConcurrentLinkedQueue<>();
    private static final Queue<WorkflowEvent> DECISIONS = new ConcurrentLinkedQueue<>();
    private static Doorway door;

    @BeforeAll
    static void start() throws Exception {
        door = new Doorway(data.resolve("data"));
        door.bus
                .tail(TailFrom.beginning(Catalogue.WORKFLOW_COMMAND), (one, _, _) -> {
                    WorkflowCommand command = one.value();
                    if (command != null) {
                        COMMANDS.add(command);
                    }
                })
                .ready()
                .get();
        door.bus
                .tail(TailFrom.beginning(Catalogue.WORKFLOW_EVENT), (one, _, _) -> {
                    WorkflowEvent event = one.value();
                    if (event != null && event.getRunId().startsWith("w-")) {
                        DECISIONS.add(event);
                    }
                })
                .ready()
                .get();
        askForEverything();
    }

    @AfterAll
    static void stop() {
        door.close();
    }

    private static JsonNode ours(String method, String path, String body) throws Exception {
        Doorway.Reply reply = door.send(method, path, body, TEAM);
        assertThat(reply.status()).as("%s: %s", path, reply.json()).isEqualTo(200);
        return reply.json();
    }

    private static String waits(String run) {
        return """
            {"threadId": "%s", "steps": [{"id": "paid", "wait": {"signal": "paid"}},
              {"id": "ok", "deps": ["paid"], "approval": {"title": "Sure?"}}]}""".formatted(run);
    }

    /** Asks for all that a run can be asked for. */
    private static void askForEverything() throws Exception {
        for (String run : new String[] {"w-1", "w-2", "w-3"}) {
            ours("POST", "/api/invoke/async", waits(run));
        }
        ours("POST", "/api/runs/w-1/pause", "");
        ours("POST", "/api/runs/w-1/resume", "");
        ours("POST", "/api/runs/w-1/signals/paid", "{}");
        ours("POST", "/api/runs/w-1/approvals/ok", "{\"decision\": \"reject\"}");
        ours("POST", "/api/runs/w-1/retry", "");
        ours("POST", "/api/runs/w-1/approvals/ok", "{\"decision\": \"approve\"}");
        ours("POST", "/api/invoke-status/abort/w-2", "");
        String cancel = "{\"action\": \"cancel\"}";
        assertThat(door.send("POST", "/api/runs/bulk", cancel, TEAM).raw().body())
                .contains("event: done", "w-3");
        ours("DELETE", "/api/runs/w-1", "");
    }

    @Test
    void shouldAskForRunsInTheirWorkspace() throws Exception {
        Doorway.await(
                "the last command is there",
                () -> COMMANDS.stream().anyMatch(one -> one.getKind() == WorkflowCommandKind.DELETE));
        assertThat(COMMANDS)
                .extracting(WorkflowCommand::getKind)
                .contains(
                        WorkflowCommandKind.PAUSE,
                        WorkflowCommandKind.RESUME,
                        WorkflowCommandKind.SIGNAL,
                        WorkflowCommandKind.REJECT,
                        WorkflowCommandKind.RETRY,
                        WorkflowCommandKind.APPROVE,
                        WorkflowCommandKind.CANCEL);
        assertThat(COMMANDS).allSatisfy(command -> {
            assertThat(command.getMeta().getWorkspace())
                    .as("%s", command.getKind())
                    .isEqualTo("team");
            assertThat(command.getRequestedBy()).isEqualTo("ada");
        });
        assertThat(DECISIONS)
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.getMeta().getWorkspace()).isEqualTo("team"));
    }

    @Test
    void shouldShowNothingOfThemElsewhere() throws Exception {
        assertThat(ours("GET", "/api/runs", "").at("/items")).hasSize(2);
        assertThat(door.send("GET", "/api/runs", "").json().at("/items")).isEmpty();
        assertThat(door.send("GET", "/api/runs/w-2/history", "").status()).isEqualTo(404);
        assertThat(door.send("GET", "/api/invoke/stream/w-2", "").status()).isEqualTo(404);
        assertThat(door.send("POST", "/api/runs/w-2/retry", "").status()).isEqualTo(404);
    }
}
