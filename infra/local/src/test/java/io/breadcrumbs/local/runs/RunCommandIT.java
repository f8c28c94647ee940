package io.breadcrumbs.local.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.breadcrumbs.local.command.CrumbCommand;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.platform.Platform;
import io.breadcrumbs.local.platform.PlatformSettings;
import io.breadcrumbs.sdk.testkit.workflow.RunReplay;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs by the command line, over a platform with an engine and a runner. */
@Timeout(180)
class RunCommandIT {

    private static final String SUM = """
            {"name": "sum", "output": "{add.output.result}", "steps": [
              {"id": "a", "tool": "calculator", "input": {"expression": "${input.n} * 1"}},
              {"id": "b", "tool": "calculator", "input": {"expression": "1 + 1"}},
              {"id": "add", "tool": "calculator", "input": {"expression": "${a.result} + ${b.result}"}}]}
            """;
    private static final String PAY = """
            {"name": "pay", "steps": [
              {"id": "paid", "wait": {"signal": "payment", "correlation": "{input.order}"}},
              {"id": "ship", "deps": "paid", "approval": {"title": "Ship {input.order}?", "show": {"price": "{paid.price}"}}}]}
            """;

    @TempDir
    static Path data;

    private static Platform platform;

    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() {
        platform = Platform.start(
                        PlatformSettings.anywhere(data.resolve("data")).withPools(Set.of("default")), _ -> {})
                .orThrow();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private String crumb(int code, Reader in, List<String> arguments) {
        StringWriter out = new StringWriter();
        List<String> all = new ArrayList<>(arguments);
        all.add("--data=" + data.resolve("data"));
        err.getBuffer().setLength(0);
        int ended = CrumbCommand.run(in, new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
        assertThat(ended).as("%s: %s%s", arguments, out, err).isEqualTo(code);
        return out.toString();
    }

    private String run(int code, String... arguments) {
        List<String> all = new ArrayList<>(List.of("run"));
        all.addAll(List.of(arguments));
        return crumb(code, Reader.nullReader(), all);
    }

    private String start(int code, String definition, String... options) {
        List<String> all = new ArrayList<>(List.of("run", "start", "-"));
        all.addAll(List.of(options));
        return crumb(code, new StringReader(definition), all);
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }

    /** What has become of it would be decided again. */
    private void replay(String runId) {
        List<String> history =
                run(ExitCode.OK, "history", runId, "--json").lines().toList();
        assertThat(RunReplay.of(history).decisions()).isGreaterThan(1);
        assertThat(RunReplay.of(history).differences()).isEmpty();
    }

    @Test
    void shouldRunAWorkflowAndTellItsHistory() throws JsonProcessingException {
        String output = start(ExitCode.OK, SUM, "--id", "sum-1", "--input", "{\"n\": 40}", "--wait");
        JsonNode status = json(run(ExitCode.OK, "status", "sum-1", "--json"));
        List<String> history =
                run(ExitCode.OK, "history", "sum-1", "--json").lines().toList();

        assertThat(output.strip()).isEqualTo("42");
        assertThat(status.path("status").asText()).isEqualTo("completed");
        assertThat(status.path("steps").findValuesAsText("id")).containsExactly("a", "b", "add");
        assertThat(history).hasSize(status.path("events").asInt());
        for (int i = 0; i < history.size(); i++) {
            assertThat(json(history.get(i)).path("sequence").asInt()).isEqualTo(i);
        }
        assertThat(json(history.getFirst()).path("source").asText()).isEqualTo(SUM);
        replay("sum-1");
        assertThat(json(history.getLast()).path("end").asText()).isEqualTo("COMPLETED");
        assertThat(run(ExitCode.OK, "history", "sum-1")).contains("asks for calculator", "completed after");
        assertThat(run(ExitCode.OK, "watch", "sum-1")).contains("run sum-1 (sum) is completed after", "output 42");
        assertThat(run(ExitCode.OK, "why", "sum-1")).contains("is over", "nothing is left to be done");
        assertThat(run(ExitCode.OK, "list", "--status", "completed")).contains("sum-1");
    }

    @Test
    void shouldStartARunOnceHoweverOftenItIsAsked() {
        start(ExitCode.OK, SUM, "--id", "once", "--input", "{\"n\": 1}", "--wait");

        assertThat(start(ExitCode.OK, SUM, "--id", "once", "--input", "{\"n\": 1}", "--wait")
                        .strip())
                .isEqualTo("3");
        assertThat(err.toString()).contains("run once exists already, nothing new was started");
        start(ExitCode.FAILED, SUM, "--id", "once", "--input", "{\"n\": 2}");
        assertThat(err.toString()).contains("with another workflow or input");
        assertThat(run(ExitCode.OK, "history", "once").lines().filter(line -> line.contains("started by")))
                .hasSize(1);
    }

    @Test
    void shouldForkARunFromAStep() {
        start(ExitCode.OK, SUM, "--id", "sum-9", "--input", "{\"n\": 40}", "--wait");

        String output = run(
                ExitCode.OK,
                "fork",
                "sum-9",
                "--from",
                "b",
                "--step-input",
                "{\"expression\": \"1 + 9\"}",
                "--id",
                "sum-10",
                "--wait");
        assertThat(output.strip()).isEqualTo("50");
        assertThat(run(ExitCode.OK, "history", "sum-10"))
                .contains("forked from run sum-9 at step b with input {\"expression\": \"1 + 9\"}, given a")
                .doesNotContain("a                asks for");
        assertThat(run(ExitCode.OK, "status", "sum-10"))
                .contains("forked from run sum-9 at step b", "a     calculator  completed  given");
        assertThat(run(ExitCode.OK, "fork", "sum-9", "--from", "add", "--input", "{\"n\": 1}", "--wait")
                        .strip())
                .isEqualTo("42");
        replay("sum-10");
        run(ExitCode.FAILED, "fork", "sum-9", "--from", "add", "--id", "sum-10");
        assertThat(err.toString()).contains("run sum-10 exists already, and is another one");
    }

    @Test
    void shouldSayWhyARunCannotBeForked() {
        start(ExitCode.OK, PAY, "--id", "pay-9", "--input", "{\"order\": 9}");

        run(ExitCode.FAILED, "fork", "nobody", "--from", "paid");
        assertThat(err.toString()).contains("no run 'nobody'");
        run(ExitCode.FAILED, "fork", "pay-9", "--from", "sent");
        assertThat(err.toString()).contains("expected a step of the workflow, got 'sent'; it has paid, ship");
        run(ExitCode.FAILED, "fork", "pay-9", "--from", "ship", "--step-input", "1");
        assertThat(err.toString()).contains("step 'ship' has no input");
        assertThat(run(ExitCode.OK, "fork", "pay-9", "--from", "ship", "--id", "pay-10"))
                .contains("run pay-10 (pay) is running");
        assertThat(run(ExitCode.OK, "why", "pay-10")).contains("step paid waits for signal payment about 9");
    }

    @Test
    void shouldShowAllFaultsAndStartNothing() {
        start(
                ExitCode.FAILED,
                "[{\"id\": \"a\", \"tool\": \"t\", \"deps\": \"b\"}, {\"id\": \"b\", \"tool\": \"t\", \"deps\": \"a\"}, {}]",
                "--id",
                "faulty");

        assertThat(err.toString()).contains("CYCLE", "NO_TOOL", "the workflow has 2 faults, nothing was started");
        assertThat(run(ExitCode.OK, "list")).doesNotContain("faulty");
        run(ExitCode.FAILED, "status", "faulty");
        assertThat(err.toString()).contains("no run 'faulty'");
    }

    @Test
    void shouldGiveARunWhatItWaitsFor() {
        start(ExitCode.OK, PAY, "--id", "pay-1", "--input", "{\"order\": \"o-1\"}");

        assertThat(run(ExitCode.OK, "why", "pay-1")).contains("step paid waits for signal payment about \"o-1\"");
        run(ExitCode.FAILED, "approve", "pay-1", "ship");
        assertThat(err.toString()).contains("rejected: NOT_ASKED");
        assertThat(run(ExitCode.OK, "signal", "pay-1", "payment", "{\"price\": 9}"))
                .startsWith("the signal is kept until a step waits for it");
        assertThat(run(ExitCode.OK, "signal", "pay-1", "payment", "{\"price\": 5}", "--about", "\"o-1\""))
                .startsWith("step paid has taken the signal");
        assertThat(run(ExitCode.OK, "why", "pay-1"))
                .contains("step ship waits for somebody's decision about \"Ship o-1?\": {\"price\":5}");
        assertThat(run(ExitCode.OK, "status", "pay-1")).contains("more: Ship o-1?");
        assertThat(run(ExitCode.OK, "approve", "pay-1", "ship", "--change", "{\"price\": 4}"))
                .contains("step ship is approved; run pay-1 (pay) is completed");
        assertThat(run(ExitCode.OK, "status", "pay-1")).contains("output {\"ship\":{\"price\":4}}");
        assertThat(run(ExitCode.OK, "history", "pay-1"))
                .contains("completed by " + System.getProperty("user.name") + " after");
        replay("pay-1");
    }

    @Test
    void shouldStopARunAndLetItGoOn() {
        start(ExitCode.OK, PAY, "--id", "pay-2", "--input", "{\"order\": 2}");

        assertThat(run(ExitCode.OK, "pause", "pay-2")).contains("is paused");
        assertThat(run(ExitCode.OK, "why", "pay-2")).contains("run pay-2 is paused", "'./crumb run resume pay-2'");
        run(ExitCode.FAILED, "pause", "pay-2");
        assertThat(err.toString()).contains("rejected: NOT_RUNNING");
        assertThat(run(ExitCode.OK, "resume", "pay-2")).contains("is running");
        assertThat(run(ExitCode.OK, "cancel", "pay-2", "--reason", "no stock")).contains("is cancelled");
        assertThat(run(ExitCode.OK, "why", "pay-2")).contains("it was cancelled", "no stock", "run retry pay-2");
        assertThat(run(ExitCode.OK, "retry", "pay-2")).contains("is running");
        run(ExitCode.OK, "signal", "pay-2", "payment", "{\"price\": 1}", "--about", "2");
        assertThat(run(ExitCode.OK, "reject", "pay-2", "ship")).contains("has failed");
        run(ExitCode.FAILED, "watch", "pay-2");
        assertThat(err.toString()).contains("run pay-2 has failed: step ship: it was rejected");
        replay("pay-2");
    }

    @Test
    void shouldSayThatNobodyServesAPool() {
        String tool = "{\"topic\": \"tool.v1\", \"key\": \"compile / 1\", \"value\": {\"name\": \"compile\","
                + " \"kind\": \"SCRIPT\", \"pool\": \"gpu\", \"source\": \"{}\"}}";
        crumb(ExitCode.OK, new StringReader(tool), new ArrayList<>(List.of("publish", "-")));
        String nested = "{\"id\": \"outer\", \"workflow\": {\"steps\": {\"id\": \"build\", \"tool\": \"compile\"}}}";
        start(ExitCode.OK, nested, "--id", "build-1", "--timeout", "1h");

        assertThat(run(ExitCode.OK, "why", "build-1"))
                .contains(
                        "step outer waits for run build-1.outer.1, whose step build waits for tool compile (pool gpu)",
                        "no runner serves pool gpu");
        assertThat(run(ExitCode.OK, "status", "build-1")).contains("run build-1.outer.1 is running");
        assertThat(run(ExitCode.OK, "list")).contains("build-1").doesNotContain("build-1.outer.1");
        assertThat(run(ExitCode.OK, "list", "--children", "--status", "running"))
                .contains("build-1.outer.1");
        assertThat(run(ExitCode.OK, "cancel", "build-1")).contains("is cancelled");
    }
}
