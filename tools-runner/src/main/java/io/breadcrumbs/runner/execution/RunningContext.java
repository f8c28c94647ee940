package io.breadcrumbs.runner.execution;

import io.breadcrumbs.runner.catalogue.Entry;
import io.breadcrumbs.runner.intake.Work;
import io.breadcrumbs.schemas.DeltaKind;
import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.sdk.Ask;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Call;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.tool.Asked;
import io.breadcrumbs.sdk.tool.ToolContext;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The context of one execution. The tool's thread uses it; {@link #stop} comes from any. */
final class RunningContext implements ToolContext {

    private final Work work;
    private final Bus bus;
    private final Time time;
    private final Given given;
    private final Deltas deltas;
    private final Questions questions;
    private final Deque<AutoCloseable> resources = new ArrayDeque<>();
    private volatile boolean stopped;

    RunningContext(Work work, Bus bus, Time time, Secrets secrets) {
        this.work = work;
        this.bus = bus;
        this.time = time;
        this.given = new Given(work.request(), work.tool().definition(), secrets, bus, time);
        this.deltas = new Deltas(bus, time, work.request());
        this.questions = new Questions(bus, time, work.request());
    }

    @Override
    public ToolRequest request() {
        return work.request();
    }

    @Override
    public String idempotencyKey() {
        String key = work.request().getIdempotencyKey();
        return key == null ? work.request().getRequestId() : key;
    }

    @Override
    public Instant deadline() {
        return work.stopAt();
    }

    @Override
    public boolean cancelled() {
        return stopped;
    }

    @Override
    public void closeAtEnd(AutoCloseable resource) {
        synchronized (resources) {
            if (!stopped) {
                resources.push(resource);
                return;
            }
        }
        close(resource);
    }

    @Override
    public Logger log() {
        return new MaskedLogger(
                LoggerFactory.getLogger("tool." + work.tool().definition().getName()), masks());
    }

    @Override
    public Asked ask(String tool, Object input) {
        ToolRequest request = work.request();
        String document = input instanceof String text ? text : Values.write(input);
        if (masks().in(document)) {
            throw new IllegalArgumentException("tool '" + tool + "' cannot be given a secret in its input: give its"
                    + " name, as {\"$secret\": NAME}");
        }
        Duration within = Duration.between(time.now(), deadline());
        Ask asked = new Ask(
                tool,
                document,
                null,
                request.getMeta().getWorkspace(),
                work.tool().definition().getName(),
                within);
        Entry known = work.toolbox().find(tool, null);
        Call call = bus.request(
                known == null
                        ? asked
                        : asked.inPool(known.definition().getPool()).seen(known.position()));
        boolean ahead = work.tool().definition().getSideEffects() == SideEffects.NONE;
        return questions.asked(call, ahead ? call.answered() : call.durable(), work.slot());
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        work.slot().giveBack();
        Thread.sleep(duration);
        work.slot().takeAgain();
    }

    @Override
    public <T> T await(CompletableFuture<T> something) throws ExecutionException, InterruptedException {
        work.slot().giveBack();
        T value;
        try {
            value = something.get();
        } catch (ExecutionException e) {
            work.slot().takeAgain();
            throw e;
        }
        work.slot().takeAgain(); // not where it was interrupted: who is to end does not wait for a slot
        return value;
    }

    @Override
    public <V extends SpecificRecord> CompletableFuture<Position> publish(Draft<V> draft) {
        if (masks().in(draft.key()) || masks().in(String.valueOf(draft.value()))) {
            return CompletableFuture.failedFuture(new IllegalArgumentException(
                    "a record of " + draft.topic().name() + " cannot be published: it has a secret in it"));
        }
        return bus.publish(draft);
    }

    @Override
    public void progress(String text) {
        deltas.add(DeltaKind.PROGRESS, masks().of(text));
    }

    @Override
    public void delta(String text) {
        if (!masks().any()) { // of pieces, nobody can say whether they make up a secret
            deltas.add(DeltaKind.TEXT, text);
        }
    }

    @Override
    public String secret(String name) throws ToolFailure {
        return given.secret(name);
    }

    /** What the execution was given, and gives to nobody. */
    Masks masks() {
        return given.masks();
    }

    /** Ends whatever the tool waits for. */
    void stop() {
        stopped = true;
        closeAll();
        if (time.now().isBefore(deadline())) { // later, what was asked ends by itself: it has the same deadline
            questions.stop();
        }
    }

    /** The execution is over. */
    void end() {
        stopped = true;
        closeAll();
        deltas.end();
    }

    private void closeAll() {
        while (true) {
            AutoCloseable resource;
            synchronized (resources) {
                resource = resources.poll();
            }
            if (resource == null) {
                return;
            }
            close(resource);
        }
    }

    private void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            log().warn("{} did not close", resource.getClass().getName(), e);
        }
    }
}
