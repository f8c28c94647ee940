package io.breadcrumbs.local.reach;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.kill.Patience;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same command lines, by URL and key: they say the same, and another workspace sees nothing of it. */
@Timeout(240)
class RemoteIT {

    private static final String SUM = """
            {"name": "sum", "output": "{add.output.result}", "steps": [
              {"id": "a", "tool": "calculator", "input": {"expression": "${input.n} * 1"}},
              {"id": "add", "tool": "calculator", "input": {"expression": "${a.result} + 2"}}]}
            """;
    private static final String NESTED = """
            {"name": "nested", "steps": [
              {"id": "child", "workflow": {"steps": [{"id": "deep", "workflow": {"steps": [
                {"id": "e", "tool": "echo", "input": {"message": "down here"}}]}}]}},
              {"id": "each", "deps": "child", "map": {"over": [1, 2, 3], "step": {"tool": "echo", "input": {"message": "item {item}"}}}}]}
            """;
    private static final String PAY = """
            {"name": "pay", "steps": [
              {"id": "paid", "wait": {"signal": "payment", "correlation": "{input.order}"}},
              {"id": "ship", "deps": "paid", "approval": {"title": "Ship {input.order}?", "show": {"price": "{paid.price}"}}}]}
            """;
    private static final String ELSEWHERE_TOOL = """
            {"topic": "tool.v1", "key": "elsewhere / 1", "value": {"name": "elsewhere", "kind": "SCRIPT", "pool": "gpu",
              "description": "Nobody has it.", "source": "{\\"code\\": \\"function execute(input) { return 1; }\\"}"}}
            """;
    private static final String WATCHING_TOOL = """
            {"topic": "tool.v1", "key": "watching / 1", "value": {"name": "watching", "version": "1", "kind": "SCRIPT", "pool": "gpu",
              "description": "Watches.", "source": "{\\"code\\": \\"function execute(input) { return 1; }\\"}",
              "triggers": [{"name": "yearly", "kind": "CRON", "cron": "0 0 1 1 *"}, {"name": "first", "kind": "BOOTSTRAP", "priority": 3},
                {"name": "notes", "kind": "SELECTOR", "input": "{\\"a\\": 1}", "selector": {"schemaName": "note.v1", "allTags": ["x"]}}]}}
            """;
    private static final String ELSEWHERE = """
            {"name": "elsewhere", "steps": [{"id": "below", "workflow": {"steps": [
              {"id": "far", "tool": "elsewhere", "input": {}}]}}]}
            """;
    private static final String BROKEN = """
            {"name": "broken", "steps": [{"id": "a", "tool": "calculator", "input": {"expression": "1 / {input.by}"}},
              {"id": "b", "deps": "a", "tool": "echo", "input": {"message": "after"}}]}
            """;

    @TempDir
    static Path data;

    private static Crumbs crumbs;

    @BeforeAll
    static void start() {
        crumbs = new Crumbs(data.resolve("data"));
    }

    @AfterAll
    static void stop() {
        crumbs.close();
    }

    private static void shouldSayTheSame(String... line) {
        Crumbs.Said there = crumbs.remotely("", List.of(line));
        assertThat(there).as("%s", List.of(line)).isEqualTo(crumbs.locally("", List.of(line)));
    }

    private static void refused(String message, String... line) {
        Crumbs.Said said = crumbs.remotely("", List.of(line));
        assertThat(said.code()).isEqualTo(ExitCode.FAILED);
        assertThat(said.err()).contains(message);
    }

    @Test
    void shouldTellOfARunWhatTheBrokersTell() {
        String output = crumbs.remoteWith(
                SUM, "run", "start", "-", "--id", "sum-1", "--input", "{\"n\": 40}", "--name", "total", "--wait");
        crumbs.remoteWith(NESTED, "run", "start", "-", "--id", "nested-1", "--wait");

        assertThat(output).isEqualTo("42");
        for (String run : List.of("sum-1", "nested-1")) {
            shouldSayTheSame("run", "status", run);
            shouldSayTheSame("run", "status", run, "--json");
            shouldSayTheSame("run", "history", run);
            shouldSayTheSame("run", "history", run, "--json");
            shouldSayTheSame("run", "watch", run);
        }
        assertThat(crumbs.remote("run", "watch", "nested-1")).contains(".child.1.deep.1 e", "is completed after");
        assertThat(crumbs.remote("run", "list", "--children", "--json"))
                .contains("\"run\":\"sum-1\",\"name\":\"total\"", "\"run\":\"nested-1.child.1.deep.1\"");
    }

    @Test
    void shouldStartARunOnceHoweverItIsAsked() {
        crumbs.locally(SUM, List.of("run", "start", "-", "--id", "once", "--input", "{\"n\": 1}", "--wait"));

        Crumbs.Said again =
                crumbs.remotely(SUM, List.of("run", "start", "-", "--id", "once", "--input", "{\"n\": 1}", "--wait"));
        Crumbs.Said another =
                crumbs.remotely(SUM, List.of("run", "start", "-", "--id", "once", "--input", "{\"n\": 2}"));

        assertThat(again).isEqualTo(new Crumbs.Said(0, "3", "crumb: run once exists already, nothing new was started"));
        assertThat(another.code()).isEqualTo(ExitCode.FAILED);
        assertThat(another.err()).contains("with another workflow or input");
    }

    @Test
    void shouldDecideTheSameAboutRuns() {
        List<List<String>> story = List.of(
                List.of("run", "pause", "ID"),
                List.of("run", "pause", "ID"),
                List.of("run", "resume", "ID"),
                List.of("run", "signal", "ID", "payment", "{\"price\": 20}", "--about", "\"other\""),
                List.of("run", "signal", "ID", "payment", "{\"price\": 20}", "--about", "\"o-1\""),
                List.of("run", "approve", "ID", "nothing"),
                List.of("run", "approve", "ID", "ship", "--change", "{\"price\": 5}"),
                List.of("run", "cancel", "ID", "--reason", "too late"),
                List.of("run", "retry", "ID"),
                List.of("run", "delete", "ID"),
                List.of("run", "cancel", "nobody"));
        List<String> start = List.of("run", "start", "-", "--input", "{\"order\": \"o-1\"}", "--id");
        crumbs.remotely(PAY, plus(start, "far"));
        crumbs.locally(PAY, plus(start, "near"));

        for (List<String> line : story) {
            Crumbs.Said far = crumbs.remotely("", with(line, "far"));
            Crumbs.Said near = crumbs.locally("", with(line, "near"));

            assertThat(far.about("far")).as("%s", line).isEqualTo(near.about("near"));
            assertThat(far.code()).isEqualTo(near.code());
        }
        refused("no run 'far'", "run", "status", "far");
    }

    private static List<String> plus(List<String> line, String id) {
        return java.util.stream.Stream.concat(line.stream(), java.util.stream.Stream.of(id))
                .toList();
    }

    private static List<String> with(List<String> line, String id) {
        return line.stream().map(word -> word.equals("ID") ? id : word).toList();
    }

    @Test
    void shouldSayWhyARunDoesNotMove() throws InterruptedException {
        crumbs.locally(ELSEWHERE_TOOL, List.of("publish", "-"));
        List<String> start = List.of("run", "start", "-", "--input", "{\"order\": \"o-9\"}", "--id");
        crumbs.remotely(PAY, plus(start, "unpaid"));
        crumbs.remotely(SUM, List.of("run", "start", "-", "--id", "done", "--input", "{\"n\": 1}", "--wait"));
        crumbs.remotely(ELSEWHERE, plus(start, "unserved"));
        crumbs.remote("run", "pause", "unserved");
        Patience.await(
                "its step has asked",
                () -> crumbs.remote("run", "why", "unserved").contains("waits for tool"));

        String unpaid = whyOf("unpaid");
        String unserved = whyOf("unserved");

        assertThat(whyOf("done")).contains("run RUN is over: it was completed");
        assertThat(unpaid).contains("waits for signal payment about \"o-9\"", "'./crumb run signal RUN payment");
        assertThat(unserved)
                .contains(
                        "is paused", "whose step far waits for tool elsewhere (pool gpu)", "no runner serves pool gpu");
        assertThat(whyOf("nobody")).contains("no run 'RUN'");
        crumbs.remote("run", "cancel", "unserved");
    }

    /** The same from the brokers and from the door. */
    private static String whyOf(String run) {
        String there = crumbs.remotely("", List.of("run", "why", run)).about(run);
        assertThat(there)
                .isEqualTo(crumbs.locally("", List.of("run", "why", run)).about(run));
        return there;
    }

    @Test
    void shouldShowWhatBecomesOfARunAsItHappens() {
        crumbs.remoteWith(PAY, "run", "start", "-", "--id", "live", "--input", "{\"order\": \"o-2\"}");
        CompletableFuture<String> watched =
                CompletableFuture.supplyAsync(() -> crumbs.remote("run", "watch", "live"), Thread::startVirtualThread);

        crumbs.remote("run", "signal", "live", "payment", "{\"price\": 1}", "--about", "\"o-2\"");
        assertThat(crumbs.remote("run", "approve", "live", "ship")).startsWith("step ship is approved; run live (pay)");

        assertThat(watched.join()).contains("waits for signal payment", "run live (pay) is completed after");
    }

    @Test
    void shouldForkARunAndRetryIt() {
        Crumbs.Said failed = crumbs.remotely(
                BROKEN, List.of("run", "start", "-", "--id", "broken-1", "--input", "{\"by\": 0}", "--watch"));
        assertThat(failed.code()).isEqualTo(ExitCode.FAILED);
        assertThat(failed.err()).contains("run broken-1 has failed");

        assertThat(crumbs.remote("run", "retry", "broken-1")).startsWith("run broken-1 (broken)");
        crumbs.remote("run", "fork", "broken-1", "--from", "a", "--id", "mended", "--input", "{\"by\": 2}", "--wait");
        shouldSayTheSame("run", "history", "mended", "--json");
        refused("nothing was started", "run", "fork", "mended", "--from", "nothing");
        refused("no run 'nobody'", "run", "fork", "nobody", "--from", "a");
    }

    @Test
    void shouldAskManyRunsForTheSame() {
        for (int i = 0; i < 5; i++) {
            crumbs.remoteWith(
                    PAY.replace("\"pay\"", "\"many\""),
                    "run",
                    "start",
                    "-",
                    "--id",
                    "many-" + i,
                    "--input",
                    "{\"order\": 1}");
        }

        shouldSayTheSame("run", "cancel", "--name", "many", "--dry-run", "--json");
        assertThat(crumbs.remote("run", "pause", "--name", "many")).isEqualTo("pause: 5 runs were asked, 0 refused");
        Crumbs.Said cancelled =
                crumbs.remotely("", List.of("run", "retry", "--name", "many", "--status", "paused", "--json"));
        assertThat(cancelled.code()).isEqualTo(ExitCode.FAILED);
        assertThat(cancelled.out()).contains("\"asked\":5,\"done\":0", "\"run\":\"many-0\",\"code\":");
        assertThat(crumbs.remote("run", "cancel", "--name", "many", "--rate", "1000", "--json"))
                .isEqualTo("{\"asked\":5,\"done\":5,\"refused\":[],\"undecided\":[]}");
        assertThat(crumbs.remote("run", "delete", "--name", "many")).contains("5 runs were asked, 0 refused");
        assertThat(crumbs.remote("run", "list")).doesNotContain("many-0");
    }

    @Test
    void shouldKeepWorkflowsAndSchedules() {
        assertThat(crumbs.remoteWith(SUM, "workflow", "save", "-")).isEqualTo("workflow sum is stored, version 1");
        shouldSayTheSame("workflow", "list", "--json");
        shouldSayTheSame("workflow", "list");
        shouldSayTheSame("workflow", "show", "sum", "--version", "1");
        shouldSayTheSame("workflow", "show", "nothing");
        assertThat(crumbs.remote("run", "start", "--name", "sum", "--input", "{\"n\": 3}", "--wait"))
                .isEqualTo("5");

        assertThat(crumbs.remote("schedule", "save", "yearly", "--cron", "0 0 1 1 *", "--workflow", "sum"))
                .startsWith("schedule yearly is stored; next ");
        shouldSayTheSame("schedule", "list");
        shouldSayTheSame("schedule", "list", "--json");
        shouldSayTheSame("schedule", "show", "yearly");
        assertThat(crumbs.remote("schedule", "pause", "yearly")).isEqualTo("schedule yearly is paused");
        assertThat(crumbs.remote("schedule", "resume", "yearly")).isEqualTo("schedule yearly goes on");
        assertThat(crumbs.remote("schedule", "delete", "yearly")).isEqualTo("schedule yearly is deleted");
        shouldSayTheSame("schedule", "delete", "yearly");
        assertThat(crumbs.remote("workflow", "delete", "sum")).isEqualTo("workflow sum is deleted");
        assertThat(crumbs.remote("workflow", "list")).doesNotContain("sum");
        shouldSayTheSame("workflow", "delete", "sum");
    }

    @Test
    void shouldListAndDescribeTools() {
        crumbs.locally(ELSEWHERE_TOOL, List.of("publish", "-"));
        crumbs.locally(WATCHING_TOOL, List.of("publish", "-"));
        crumbs.locally(WATCHING_TOOL.replace("/ 1", "/ 10").replace("\"1\"", "\"10\""), List.of("publish", "-"));

        shouldSayTheSame("tools");
        shouldSayTheSame("tools", "--json");
        shouldSayTheSame("tools", "timer");
        shouldSayTheSame("tools", "watching");
        shouldSayTheSame("tools", "nothing");

        assertThat(crumbs.remote("tools", "watching"))
                .contains("\"version\" : \"10\"", "\"cron\" : \"0 0 1 1 *\"", "\"schemaName\" : \"note.v1\"");
        assertThat(crumbs.remotely("", List.of("tools", "elsewhere")).err()).contains("no runner serves pool 'gpu'");
        assertThat(crumbs.stranger("tools", "echo").code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void shouldCallTools() {
        shouldSayTheSame("call", "calculator", "{\"expression\": \"6 * 7\"}");
        shouldSayTheSame("call", "calculator", "{\"expression\": \"1 / 0\"}");
        shouldSayTheSame("call", "calculator", "{\"expresion\": \"1\"}");
        refused("no", "call", "nothing");
    }

    @Test
    void shouldShowNothingToAnotherWorkspace() {
        crumbs.remoteWith(PAY, "run", "start", "-", "--id", "secret-1", "--input", "{\"order\": \"o-3\"}");
        crumbs.remoteWith(SUM, "workflow", "save", "-", "--name", "secret");

        assertThat(crumbs.stranger("run", "list").out()).isEqualTo("no runs");
        for (String verb : List.of("status", "watch", "history", "why", "cancel", "pause", "delete")) {
            assertThat(crumbs.stranger("run", verb, "secret-1"))
                    .isEqualTo(new Crumbs.Said(1, "", "crumb: no run 'secret-1'; './crumb run list' lists them"));
        }
        assertThat(crumbs.stranger("run", "cancel", "--all").out()).isEqualTo("cancel: 0 runs were asked, 0 refused");
        assertThat(crumbs.stranger("workflow", "list").out()).isEqualTo("no workflows");
        assertThat(crumbs.stranger("workflow", "show", "secret").err()).contains("no workflow 'secret'");
        assertThat(crumbs.stranger("workflow", "delete", "secret").err()).contains("no workflow 'secret'");
        assertThat(crumbs.stranger("schedule", "list").out()).isEqualTo("no schedules");
        assertThat(crumbs.remote("run", "status", "secret-1")).contains("is running");
    }

    @Test
    void shouldSayWhatIsWrongWithAKey() {
        String reader = crumbs.key("reader", "default", "subscriber");
        Crumbs.Said unknown = crumbs.ask("", List.of("run", "list"), "--url=" + crumbs.url(), "--api-key=bc_x_y");
        Crumbs.Said mayNot = crumbs.ask(
                SUM, List.of("run", "start", "-", "--id", "not"), "--url=" + crumbs.url(), "--api-key=" + reader);

        assertThat(unknown.code()).isEqualTo(ExitCode.FAILED);
        assertThat(unknown.err()).contains("asks who you are", "--api-key", "BREADCRUMBS_KEY");
        assertThat(mayNot.code()).isEqualTo(ExitCode.FAILED);
        assertThat(mayNot.err()).contains("emitter", "Ask for the role");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:1", "https://127.0.0.1:1/"})
    void shouldSayThatNobodyAnswers(String url) {
        Crumbs.Said said = crumbs.ask("", List.of("run", "status", "x"), "--url=" + url);

        assertThat(said.code()).isEqualTo(ExitCode.NO_PLATFORM);
        assertThat(said.err()).startsWith("crumb: no platform answers at " + url.replaceAll("/$", "") + " (");
        assertThat(said.err().lines()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "ftp://127.0.0.1", "http://a b"})
    void shouldSayWhatAUrlIs(String url) {
        Crumbs.Said said = crumbs.ask("", List.of("run", "list"), "--url=" + url);

        assertThat(said.code()).isEqualTo(ExitCode.USAGE);
        assertThat(said.err()).isEqualTo("crumb: --url: expected http://host:port, got '" + url + "'");
    }

    @Test
    void shouldSayThatAServerIsSomethingElse() {
        Crumbs.Said said = crumbs.ask("", List.of("run", "list"), "--url=" + crumbs.registry());

        assertThat(said.code()).isEqualTo(ExitCode.NO_PLATFORM);
        assertThat(said.err()).contains("that is no Breadcrumbs platform");
    }
}
