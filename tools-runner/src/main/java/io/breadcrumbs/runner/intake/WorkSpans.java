package io.breadcrumbs.runner.intake;

import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.ToolError;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.sdk.trace.Span;
import io.breadcrumbs.sdk.trace.Spans;
import java.util.Locale;

/** Shows in traces what is executed, and what is answered without that. Any thread. */
final class WorkSpans implements Observer {

    private static final String EXECUTE = "execute ";
    private static final String REFUSE = "refuse";

    private final Spans spans;

    WorkSpans(Spans spans) {
        this.spans = spans;
    }

    @Override
    public void begins(Work work) {
        if (spans.on()) {
            ToolDefinition tool = work.tool().definition();
            work.shows(spans.begin(Spans.Kind.CONSUMER, EXECUTE + tool.getName(), work.trace())
                    .set("breadcrumbs.tool", tool.getName())
                    .set("breadcrumbs.tool.version", tool.getVersion())
                    .set("breadcrumbs.pool", tool.getPool()));
        }
    }

    @Override
    public void answered(Work work, ToolResponse response) {
        if (!spans.on()) {
            return;
        }
        Span span = work.startedAt() == null ? spans.begin(Spans.Kind.CONSUMER, REFUSE, work.trace()) : work.span();
        ToolRequest request = work.request();
        ToolError error = response.getError();
        span.set("breadcrumbs.request", request.getRequestId())
                .set("breadcrumbs.run", request.getRunId())
                .set("breadcrumbs.step", request.getStepId())
                .set("breadcrumbs.attempt", request.getAttempt())
                .set("breadcrumbs.lane", response.getLane().name().toLowerCase(Locale.ROOT));
        if (error == null) {
            span.set("breadcrumbs.outcome", "success");
        } else {
            span.set(
                            "breadcrumbs.outcome",
                            error.getKind().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .failed(error.getCode());
        }
        span.end();
    }

    @Override
    public void clings(Work work) {
        // it ends with its answer, which it has
    }
}
