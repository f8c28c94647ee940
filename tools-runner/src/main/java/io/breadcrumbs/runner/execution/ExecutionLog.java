package io.breadcrumbs.runner.execution;

import io.breadcrumbs.runner.intake.Observer;
import io.breadcrumbs.runner.intake.Work;
import io.breadcrumbs.schemas.ToolError;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.sdk.Trace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each execution: which tool, for whom, how long, how it ended. No payloads. */
public final class ExecutionLog implements Observer {

    private static final Logger LOG = LoggerFactory.getLogger("io.breadcrumbs.runner.executions");

    @Override
    public void answered(Work work, ToolResponse response) {
        if (LOG.isInfoEnabled()) {
            Trace.within(work.trace(), () -> log(response));
        }
    }

    private static void log(ToolResponse response) {
        ToolError error = response.getError();
        LOG.info(
                "tool={} request={} run={} lane={} ms={} outcome={}",
                response.getTool(),
                response.getRequestId(),
                response.getRunId(),
                response.getLane(),
                response.getExecutionTimeMs(),
                error == null ? "SUCCESS" : error.getKind() + "/" + error.getCode());
    }

    @Override
    public void clings(Work work) {
        LOG.warn(
                "tool={} request={}: stopped, and does not end; it keeps its slot until it does",
                work.request().getTool(),
                work.request().getRequestId());
    }
}
