package io.breadcrumbs.runner.provider.script;

import java.time.ZoneOffset;
import java.util.Map;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.EnvironmentAccess;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.ResourceLimits;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;
import org.graalvm.polyglot.proxy.ProxyExecutable;

/**
 * Where scripts run: one engine, which keeps what was parsed, and a context for each run, so that no run sees another.
 *
 * <p>What a script cannot do at all: reach Java or other languages, files, sockets, modules, processes, threads, the
 * environment; wait. What is bounded: statements, by the engine; processor time and allocated bytes, by who watches the
 * thread ({@link Workers}), a few milliseconds late; the length of one text and of one typed array, here; the output.
 *
 * <p>What GraalVM's community edition does not bound: the memory that a context holds. Allocated bytes are an upper
 * bound of it, but all scripts share the runner's heap ({@link Heap}). Nor can everything be stopped: a few built-in
 * functions that walk over objects which only claim to be long lists, such as
 * {@code Array.prototype.indexOf.call({length: 1e12})}, look up from their work nowhere; their worker is lost for so
 * long. Definitions of scripts are therefore to be accepted from those only who may stop the runner.
 */
final class Sandbox {

    private static final String LONGEST = Integer.toString(4 << 20);

    private static final Map<String, String> OPTIONS = Map.ofEntries(
            Map.entry("js.bigint", "false"), // multiplying huge ones cannot be stopped
            Map.entry("js.console", "false"),
            Map.entry("js.graal-builtin", "false"),
            Map.entry("js.java-package-globals", "false"),
            Map.entry("js.load", "false"),
            Map.entry("js.locale", "en"),
            Map.entry("js.max-typed-array-length", LONGEST),
            Map.entry("js.polyglot-builtin", "false"),
            Map.entry("js.print", "false"),
            Map.entry("js.shared-array-buffer", "false"),
            Map.entry("js.string-length-limit", LONGEST));

    private static final Source BRIDGE =
            Source.newBuilder("js", """
                    (function (say) {
                      const {parse, stringify} = JSON;
                      const word = value => {
                        try {
                          return typeof value === 'string' ? value : stringify(value) ?? String(value);
                        } catch (_) {
                          return String(value);
                        }
                      };
                      const line = (...values) => say(values.map(word).join(' '));
                      globalThis.console = {log: line, info: line, warn: line, error: line, debug: line};
                      const text = value => {
                        const written = value === undefined ? 'null' : stringify(value);
                        if (written === undefined) {
                          throw new TypeError('expected a value that JSON can express, got a ' + typeof value);
                        }
                        return written;
                      };
                      return {
                        defined: () => typeof execute === 'function',
                        execute: (input, context) => {
                          const value = execute(parse(input), parse(context));
                          if (typeof value?.then !== 'function') {
                            return {output: text(value)};
                          }
                          const later = {};
                          Promise.resolve(value).then(text).then(
                              output => { later.output = output; },
                              error => { later.error = error instanceof Error ? error : new Error(word(error)); });
                          return later;
                        }
                      };
                    })""", "bridge").internal(true).buildLiteral();

    private final Engine engine = Engine.newBuilder("js")
            .option("engine.WarnInterpreterOnly", "false") // a plain JDK only interprets: what scripts do is small
            .build();
    private final ResourceLimits limits;

    /** Takes a second, and a context's worth of work, so that no script is charged for it. */
    Sandbox(long statements) {
        limits = ResourceLimits.newBuilder().statementLimit(statements, null).build();
        try (Context first = open()) {
            bridge(first, _ -> true);
        }
    }

    static Source source(String name, String code) {
        return Source.newBuilder("js", code, name).buildLiteral();
    }

    /**
     * What stands between Java and a script: an object with {@code defined} and {@code execute}. To be made before the
     * script is evaluated.
     *
     * @param console is given the script's lines
     */
    static Value bridge(Context context, ProxyExecutable console) {
        return context.eval(BRIDGE).execute(console);
    }

    /** A context that nobody has used. */
    Context open() {
        return Context.newBuilder("js")
                .engine(engine)
                .allowHostAccess(HostAccess.NONE)
                .allowIO(IOAccess.NONE)
                .allowPolyglotAccess(PolyglotAccess.NONE)
                .allowEnvironmentAccess(EnvironmentAccess.NONE)
                .allowCreateProcess(false)
                .allowCreateThread(false)
                .allowNativeAccess(false)
                .allowHostClassLoading(false)
                .allowInnerContextOptions(false)
                .allowExperimentalOptions(true) // the options that bound lengths are
                .options(OPTIONS)
                .timeZone(ZoneOffset.UTC)
                .resourceLimits(limits)
                .build();
    }
}
