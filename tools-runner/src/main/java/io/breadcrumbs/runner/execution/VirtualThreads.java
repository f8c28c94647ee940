package io.breadcrumbs.runner.execution;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.runner.intake.Executions;
import io.breadcrumbs.runner.intake.Outcome;
import io.breadcrumbs.runner.intake.Work;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.Trace;
import io.breadcrumbs.sdk.secret.SecretReferences;
import io.breadcrumbs.sdk.tool.ToolFailure;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs each execution on the virtual thread that it is given. */
public final class VirtualThreads implements Executions {

    private final Bus bus;
    private final Time time;
    private final Secrets secrets;

    public VirtualThreads(Bus bus, Time time, Secrets secrets) {
        this.bus = bus;
        this.time = time;
        this.secrets = secrets;
    }

    @Override
    public Execution of(Work work, Consumer<Outcome> then) {
        return new OnThread(work, new RunningContext(work, bus, time, secrets), then);
    }

    /** One execution. An interrupt reaches the tool only: not what comes before and after it on the same thread. */
    private static final class OnThread implements Execution {

        private final Work work;
        private final RunningContext context;
        private final Consumer<Outcome> then;
        private @Nullable Thread thread;

        OnThread(Work work, RunningContext context, Consumer<Outcome> then) {
            this.work = work;
            this.context = context;
            this.then = then;
        }

        @Override
        public void run() {
            synchronized (this) {
                thread = Thread.currentThread();
                if (context.cancelled()) {
                    thread.interrupt();
                }
            }
            Outcome outcome = context.masks().of(Trace.within(work.trace(), this::execute));
            synchronized (this) {
                thread = null;
            }
            Thread.interrupted(); // it was meant for the tool
            context.end();
            then.accept(outcome);
        }

        private Outcome execute() {
            try {
                JsonNode input = SecretReferences.filled(work.input(), context::secret);
                return new Outcome.Success(work.tool().executable().execute(input, context));
            } catch (ToolFailure failure) {
                return new Outcome.Failure(failure.toError());
            } catch (Exception | StackOverflowError | OutOfMemoryError | LinkageError | AssertionError e) {
                return new Outcome.Failure(ToolFailure.of(ErrorKind.RUNTIME, "RUNTIME", describe(e))
                        .toError());
            }
        }

        private static String describe(Throwable e) {
            String message = e.getMessage();
            return e.getClass().getSimpleName() + (message == null ? "" : ": " + message);
        }

        @Override
        public void stop() {
            context.stop();
            synchronized (this) {
                if (thread != null) {
                    thread.interrupt();
                }
            }
        }
    }
}
