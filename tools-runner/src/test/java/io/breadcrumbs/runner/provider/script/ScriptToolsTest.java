package io.breadcrumbs.runner.provider.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.breadcrumbs.runner.provider.FakeContext;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.ToolError;
import io.breadcrumbs.schemas.ToolKind;
import io.breadcrumbs.schemas.ToolLimits;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ScriptToolsTest {

    private static final long MANY = 1_000_000_000_000L;

    /** One worker: a script that is not really stopped would keep it from all tests that follow. */
    private static final ScriptTools TOOLS =
            new ScriptTools(new ScriptSettings(1, MANY, Duration.ofSeconds(30), MANY, 1_000), roomy());

    private final FakeContext context = new FakeContext(Instant.EPOCH.plusSeconds(60), Map.of());

    private static Heap roomy() {
        return heap(false);
    }

    /** A heap that is always being collected. */
    private static Heap heap(boolean full) {
        return new Heap() {
            private long collections;

            @Override
            public synchronized long collections() {
                return collections++;
            }

            @Override
            public boolean isFull() {
                return full;
            }
        };
    }

    private static ToolDefinition definition(@Nullable String source, @Nullable ToolLimits limits) {
        return ToolDefinition.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL, "1", Metas.DEFAULT_WORKSPACE, "test", Instant.EPOCH))
                .setName("tool")
                .setKind(ToolKind.SCRIPT)
                .setSource(source)
                .setLimits(limits)
                .build();
    }

    private static String source(String code) {
        return Values.write(Map.of("code", code));
    }

    private String execute(ScriptTools tools, String code, String input) throws Exception {
        return tools.prepare(definition(source(code), null)).execute(Values.parse(input), context);
    }

    private String execute(String code, String input) throws Exception {
        return execute(TOOLS, code, input);
    }

    private ToolError error(ScriptTools tools, String code) {
        return catchThrowableOfType(ToolFailure.class, () -> execute(tools, code, "{}"))
                .toError();
    }

    private ToolError error(String code) {
        return error(TOOLS, code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "function execute(input) { return {sum: input.a + input.b.length}; } | {\"sum\":3}",
                "const execute = ({b}) => b.map(x => x * 2) | [4,6]",
                "async function execute(input) { return await Promise.resolve(input.a); } | 1",
                "function execute() { return {then: done => done('later')}; } | \"later\"",
                "function execute() {} | null",
                "let n = 0; function execute() { return ++n; } | 1",
                "function execute() { return new Date(0).getHours() + (0.5).toLocaleString(); } | \"00.5\""
            })
    void shouldAnswerWhatTheFunctionGives(String code, String output) throws Exception {
        for (int time = 1; time <= 2; time++) {
            assertThat(execute(code, "{\"a\": 1, \"b\": [2, 3]}")).isEqualTo(output);
        }
    }

    @Test
    void shouldShowAScriptItsRequest() throws Exception {
        String output = execute("function execute(_, context) { return context; }", "{}");

        assertThat(output)
                .contains("\"requestId\":\"request-1\"", "\"tool\":\"tool\"", "\"workspace\":\"default\"")
                .contains("\"idempotencyKey\":\"key-1\"", "\"deadline\":\"1970-01-01T00:01:00Z\"");
    }

    @Test
    void shouldTellWhatAScriptSays() throws Exception {
        execute("function execute() { console.log('a', 1, {b: [2]}); console.warn(undefined); }", "{}");

        assertThat(context.progressed()).containsExactly("a 1 {\"b\":[2]}", "undefined");
    }

    @Test
    void shouldNotTellMoreThanAnybodyReads() throws Exception {
        execute("function execute() { for (let i = 0; i < 100; i++) console.log('x'.repeat(1000)); }", "{}");

        assertThat(context.progressed()).hasSize(66).last().isEqualTo("… the rest is left out");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "function execute( { | SyntaxError",
                "let a = 1 | expected code that defines a function execute",
                "null.a; function execute() {} | TypeError",
                "function execute() { return 10n; } | SyntaxError"
            })
    void shouldSayWhatIsWrongWithTheCode(String code, String message) {
        ToolError error = error(code);

        assertThat(error.getKind()).isEqualTo(ErrorKind.VALIDATION);
        assertThat(error.getField()).isEqualTo("source.code");
        assertThat(error.getMessage()).contains(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "[]", "not json", "{\"code\": {}}", "{\"code\": \" \"}", "{\"code\": \"\", \"a\": 1}"})
    void shouldRefuseADefinitionWithoutCode(String source) {
        assertThatThrownBy(() -> TOOLS.prepare(definition(source, null)))
                .isInstanceOfSatisfying(
                        ToolFailure.class, failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.VALIDATION));
        assertThatThrownBy(() -> TOOLS.prepare(definition(null, null))).hasMessageContaining("got no code");
    }

    @Test
    void shouldRefuseALimitThatNothingFitsInto() {
        ToolLimits limits = ToolLimits.newBuilder().setCpuMs(0L).build();

        assertThatThrownBy(() -> TOOLS.prepare(definition(source("a"), limits)))
                .hasMessage("expected 1 or more, got 0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "function execute() {~  throw new Error('as it does'); } | Error: as it does (line 2)",
                "async function execute() { throw 'a word'; } | Error: a word",
                "function execute() { return () => 1; } | can express, got a function",
                "function execute() { return new Promise(() => {}); } | never settles",
                "function execute() { return execute(); } | RangeError: Maximum call stack",
                "function execute() { let s = 'x'; for (;;) s += s; } | RangeError: Invalid string length",
                "function execute() { return new Float64Array(1e8); } | RangeError: Invalid typed array length",
                "function execute() { const a = {}; a.a = a; return a; } | TypeError: Converting circular structure"
            })
    void shouldFailAsTheFunctionDoes(String code, String message) {
        ToolError error = error(code.replace('~', '\n'));

        assertThat(error.getKind()).isEqualTo(ErrorKind.RUNTIME);
        assertThat(error.getMessage()).contains(message);
        assertThat(error.getRetryable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Java.type('java.lang.System')",
                "java.lang.System.exit(1)",
                "Packages.java",
                "Polyglot.eval('js', '1')",
                "Graal.versionECMAScript",
                "load('/etc/passwd')",
                "require('fs')",
                "process.env",
                "fetch('http://127.0.0.1/')",
                "new Worker('a.js')",
                "new SharedArrayBuffer(1)",
                "quit()",
                "import('/etc/passwd')"
            })
    void shouldRefuseWhatIsOutsideOfTheSandbox(String call) {
        ToolError error = error("async function execute() { return await " + call + "; }");

        assertThat(error.getKind()).as("%s", error).isEqualTo(ErrorKind.PERMISSION);
        assertThat(error.getCode()).isEqualTo("SANDBOX");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "this.constructor.constructor('return this')().Java",
                "console.log.constructor('return typeof Java')() === 'undefined' ? undefined : 1",
                "Object.getOwnPropertyNames(globalThis).find(n => /^(java|polyglot|graal|load|print|system)/i.test(n))",
                "Reflect.ownKeys(console.log).find(n => /class|java/i.test(String(n)))"
            })
    void shouldHideWhatIsOutsideOfTheSandbox(String expression) throws Exception {
        assertThat(execute("function execute() { return " + expression + "; }", "{}"))
                .isEqualTo("null");
    }

    @Test
    void shouldKeepRunsApart() throws Exception {
        execute("function execute() { globalThis.left = 1; Array.prototype.left = 1; }", "{}");

        assertThat(execute("function execute() { return [typeof left, [].left === undefined]; }", "{}"))
                .isEqualTo("[\"undefined\",true]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"for (;;);", "const next = () => Promise.resolve().then(next); return next();"})
    void shouldStopAScriptThatDoesNotEnd(String body) {
        ScriptTools byStatements =
                new ScriptTools(new ScriptSettings(1, 10_000, Duration.ofSeconds(30), MANY, 1_000), roomy());
        ScriptTools byTime = new ScriptTools(new ScriptSettings(1, MANY, Duration.ofMillis(200), MANY, 1_000), roomy());
        String code = "function execute() { " + body + " }";

        ToolError statements = error(byStatements, code);
        ToolError time = error(byTime, code);

        assertThat(statements.getKind()).isEqualTo(ErrorKind.CAPACITY);
        assertThat(statements.getCode()).isEqualTo("STATEMENT_LIMIT");
        assertThat(time.getKind()).isEqualTo(ErrorKind.CAPACITY);
        assertThat(time.getCode()).isEqualTo("CPU_LIMIT");
    }

    @Test
    void shouldStopAScriptThatNeverStarts() {
        ScriptTools tools =
                new ScriptTools(new ScriptSettings(1, 10_000, Duration.ofSeconds(30), MANY, 1_000), roomy());

        assertThat(error(tools, "for (;;);").getCode()).isEqualTo("STATEMENT_LIMIT");
    }

    @Test
    void shouldStopAScriptThatIsInterrupted() throws Exception {
        Thread caller = Thread.currentThread();
        context.atProgress(caller::interrupt);

        assertThatThrownBy(() -> execute("function execute() { console.log('here'); for (;;); }", "{}"))
                .isInstanceOf(InterruptedException.class);

        context.atProgress(() -> {});
        assertThat(execute("function execute() { return 'the worker is free'; }", "{}"))
                .isEqualTo("\"the worker is free\"");
    }

    @Test
    void shouldStopAScriptThatHoards() {
        ScriptTools tools =
                new ScriptTools(new ScriptSettings(1, MANY, Duration.ofSeconds(30), 50_000_000, 1_000), roomy());

        ToolError error = error(tools, "function execute() { const all = []; for (;;) all.push({}); }");

        assertThat(error.getKind()).isEqualTo(ErrorKind.CAPACITY);
        assertThat(error.getCode()).isEqualTo("MEMORY_LIMIT");
        assertThat(error.getRetryable()).isFalse();
    }

    @Test
    void shouldStopAScriptThatHoardsWhenTheRunnerHasNoMemoryLeft() throws Exception {
        ScriptTools tools =
                new ScriptTools(new ScriptSettings(1, MANY, Duration.ofSeconds(30), MANY, 1_000), heap(true));

        ToolError error = error(tools, "function execute() { const all = []; for (;;) all.push({}); }");

        assertThat(error.getKind()).isEqualTo(ErrorKind.CAPACITY);
        assertThat(error.getCode()).isEqualTo("MEMORY");
        assertThat(error.getRetryable()).isTrue();
        assertThat(execute(tools, "function execute() { return 1; }", "{}")).isEqualTo("1");
    }

    @Test
    void shouldHoldAToolToItsOwnLimits() {
        ToolLimits limits = ToolLimits.newBuilder().setOutputBytes(10L).build();
        ToolDefinition definition = definition(source("function execute() { return 'äöüäöü'; }"), limits);

        ToolFailure failure = catchThrowableOfType(
                ToolFailure.class, () -> TOOLS.prepare(definition).execute(Values.parse("{}"), context));

        assertThat(failure.toError().getCode()).isEqualTo("OUTPUT_TOO_LARGE");
        assertThat(error("function execute() { return 'x'.repeat(999); }").getKind())
                .isEqualTo(ErrorKind.CAPACITY);
    }
}
