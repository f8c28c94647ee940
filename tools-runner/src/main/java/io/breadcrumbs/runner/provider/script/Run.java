package io.breadcrumbs.runner.provider.script;

import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.sdk.tool.ToolFailure;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** One run of a script in a context of its own. A worker calls it; whoever stops it comes from another thread. */
final class Run implements Workers.Job {

    private final Supplier<Sandbox> sandbox;
    private final Supplier<Source> code;
    private final Given given;
    private @Nullable Context context;
    private boolean stopped;

    /**
     * What a run is given.
     *
     * @param input a JSON document
     * @param about what it may know of its request, a JSON document
     * @param console takes its lines
     */
    record Given(String input, String about, Consumer<String> console) {}

    Run(Supplier<Sandbox> sandbox, Supplier<Source> code, Given given) {
        this.sandbox = sandbox;
        this.code = code;
        this.given = given;
    }

    @Override
    public String call(Usage usage) throws ToolFailure {
        Sandbox place = sandbox.get();
        Source source = code.get();
        usage.begin();
        Context opened = place.open();
        try {
            if (!isOpen(opened)) {
                throw ToolFailure.of(ErrorKind.CANCELLED, "CANCELLED", "the script was stopped");
            }
            Value bridge = Sandbox.bridge(opened, this::say);
            define(opened, source, bridge);
            return output(bridge.getMember("execute").execute(given.input, given.about));
        } catch (PolyglotException e) {
            throw Faults.of(e, source);
        } finally {
            close(opened);
        }
    }

    private synchronized boolean isOpen(Context opened) {
        context = opened;
        return !stopped;
    }

    private @Nullable Object say(Value... lines) {
        given.console.accept(lines[0].asString());
        return null;
    }

    /** Evaluates the script's code, which is at fault for whatever fails meanwhile. */
    private static void define(Context opened, Source source, Value bridge) throws ToolFailure {
        try {
            opened.eval(source);
        } catch (PolyglotException e) {
            ToolFailure failure = Faults.of(e, source);
            throw failure.kind() == ErrorKind.RUNTIME
                    ? ToolFailure.invalid("source.code", String.valueOf(failure.getMessage()))
                    : failure;
        }
        if (!bridge.getMember("defined").execute().asBoolean()) {
            throw ToolFailure.invalid(
                    "source.code", "expected code that defines a function execute(input, context), got none");
        }
    }

    /** What the script's function gave, or its promise, which has settled by now if it ever does. */
    private static String output(Value result) throws ToolFailure {
        if (result.hasMember("error")) {
            throw result.getMember("error").throwException();
        }
        if (!result.hasMember("output")) {
            throw ToolFailure.of(
                    ErrorKind.RUNTIME,
                    "SCRIPT",
                    "the promise that 'execute' gave never settles: nothing is left that could settle it");
        }
        return result.getMember("output").asString();
    }

    @Override
    public void stop() {
        Context running;
        synchronized (this) {
            stopped = true;
            running = context;
        }
        if (running != null) {
            close(running);
        }
    }

    private static void close(Context context) {
        try {
            context.close(true);
        } catch (PolyglotException e) {
            if (!e.isCancelled()) {
                throw e;
            }
        }
    }
}
