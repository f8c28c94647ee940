package io.breadcrumbs.local.desk.bus;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.desk.ToolDesk;
import io.breadcrumbs.local.tools.Members;
import io.breadcrumbs.local.tools.ToolCall;
import io.breadcrumbs.local.tools.ToolJson;
import io.breadcrumbs.local.tools.ToolList;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.ToolError;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tools, asked for by requests in the log. */
final class BusTools implements ToolDesk {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Bus bus;

    BusTools(Bus bus) {
        this.bus = bus;
    }

    @Override
    public List<ObjectNode> all() throws InterruptedException {
        List<ToolDefinition> tools = ToolList.read(bus, PATIENCE).all();
        try {
            Map<String, Integer> runners = Members.runners(
                    bus, tools.stream().map(ToolDefinition::getPool).collect(Collectors.toSet()), PATIENCE);
            return tools.stream()
                    .map(tool -> ToolJson.of(tool, runners.getOrDefault(tool.getPool(), 0)))
                    .toList();
        } catch (TimeoutException e) {
            throw new FailureException(
                    ExitCode.FAILED, "Kafka did not say within " + PATIENCE.toSeconds() + " s who serves the pools");
        }
    }

    @Override
    public Answered call(String tool, String input, Duration atMost) throws InterruptedException {
        try {
            ToolResponse answer = ToolCall.of(bus, tool, input, atMost);
            ToolError error = answer.getError();
            return new Answered(
                    answer.toString(),
                    error == null ? String.valueOf(answer.getOutput()) : null,
                    error == null ? null : text(error));
        } catch (ExecutionException e) {
            throw new FailureException(ExitCode.FAILED, unanswered(tool, e.getCause()));
        }
    }

    private static String text(ToolError error) {
        String field = error.getField();
        return error.getKind() + (field == null || field.isEmpty() ? "" : " in '" + field + "'") + ": "
                + error.getMessage();
    }

    private String unanswered(String tool, @Nullable Throwable cause) throws InterruptedException {
        String what = cause == null ? "no answer" : String.valueOf(cause.getMessage());
        String pool = ToolList.read(bus, PATIENCE)
                .newest(tool)
                .map(known -> known.definition().getPool())
                .orElse(Catalogue.DEFAULT_POOL);
        try {
            Map<String, Integer> runners = Members.runners(bus, Set.of(pool), PATIENCE);
            return runners.getOrDefault(pool, 0) > 0 ? what : what + "; " + Members.nobody(pool);
        } catch (TimeoutException e) {
            return what;
        }
    }
}
