package io.breadcrumbs.local.desk.bus;

import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.desk.ToolDesk;
import io.breadcrumbs.local.tools.Members;
import io.breadcrumbs.local.tools.ToolCall;
import io.breadcrumbs.local.tools.ToolList;
import io.breadcrumbs.schemas.ToolError;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Tools, asked for by requests in the log. */
final class BusTools implements ToolDesk {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Bus bus;
    private final String kafka;

    BusTools(Bus bus, String kafka) {
        this.bus = bus;
        this.kafka = kafka;
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
            Map<String, Integer> runners = Members.runners(kafka, Set.of(pool), PATIENCE);
            return runners.getOrDefault(pool, 0) > 0 ? what : what + "; " + Members.nobody(pool);
        } catch (TimeoutException e) {
            return what;
        }
    }
}
