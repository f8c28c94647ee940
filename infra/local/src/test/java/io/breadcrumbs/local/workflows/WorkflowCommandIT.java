package io.breadcrumbs.local.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.local.command.CrumbCommand;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.platform.Platform;
import io.breadcrumbs.local.platform.PlatformSettings;
import java.io.PrintWriter;
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

/** Stored workflows by the command line, over a platform with an owner of breadcrumbs, an engine and a runner. */
@Timeout(180)
class WorkflowCommandIT {

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

    private String crumb(int code, String in, String... arguments) {
        StringWriter out = new StringWriter();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--data=" + data.resolve("data"));
        err.getBuffer().setLength(0);
        int ended = CrumbCommand.run(
                new StringReader(in), new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
        assertThat(ended).as("%s: %s%s", all, out, err).isEqualTo(code);
        return out.toString().strip();
    }

    private static String times(int factor) {
        return "{\"name\": \"times\", \"output\": \"{m.output.result}\", \"steps\": {\"id\": \"m\", \"tool\":"
                + " \"calculator\", \"input\": {\"expression\": \"{input.n} * " + factor + "\"}}}";
    }

    @Test
    void shouldKeepEveryVersionAndStartTheOneThatIsNamed() {
        assertThat(crumb(ExitCode.OK, times(2), "workflow", "save", "-"))
                .isEqualTo("workflow times is stored, version 1");
        assertThat(crumb(ExitCode.OK, times(3), "workflow", "save", "-"))
                .isEqualTo("workflow times is stored, version 2");

        assertThat(crumb(ExitCode.OK, "", "workflow", "list").lines())
                .anySatisfy(line -> assertThat(line).matches("times +2 .*" + System.getProperty("user.name")));
        assertThat(crumb(ExitCode.OK, "", "workflow", "show", "times")).contains("* 3");
        assertThat(crumb(ExitCode.OK, "", "workflow", "show", "times", "--version", "1"))
                .contains("* 2");
        assertThat(crumb(ExitCode.OK, "", "run", "start", "--name", "times", "--input", "{\"n\": 7}", "--wait"))
                .isEqualTo("21");
        assertThat(crumb(
                        ExitCode.OK,
                        "",
                        "run",
                        "start",
                        "--name",
                        "times",
                        "--version",
                        "1",
                        "--input",
                        "{\"n\": 7}",
                        "--wait"))
                .isEqualTo("14");
    }

    @Test
    void shouldStartTheNewestForAStepThatNamesIt() {
        crumb(ExitCode.OK, times(4), "workflow", "save", "-", "--name", "inner");
        crumb(ExitCode.OK, times(5), "workflow", "save", "-", "--name", "inner");

        String outer = "{\"id\": \"all\", \"workflow\": \"inner\", \"input\": {\"n\": 2}}";
        assertThat(crumb(ExitCode.OK, outer, "run", "start", "-", "--id", "outer", "--wait"))
                .isEqualTo("{\"all\":10}");
        assertThat(crumb(ExitCode.OK, "", "run", "history", "outer.all.1")).contains("started by");
    }

    @Test
    void shouldForgetWhatIsDeletedAndLetItsRunsGoOn() {
        String waiting = "{\"name\": \"gone\", \"steps\": [{\"id\": \"w\", \"wait\": {\"signal\": \"go\"}}]}";
        crumb(ExitCode.OK, waiting, "workflow", "save", "-");
        crumb(ExitCode.OK, "", "run", "start", "--name", "gone", "--id", "of-gone");

        assertThat(crumb(ExitCode.OK, "", "workflow", "delete", "gone")).isEqualTo("workflow gone is deleted");

        assertThat(crumb(ExitCode.OK, "", "workflow", "list")).doesNotContain("gone");
        crumb(ExitCode.FAILED, "", "workflow", "delete", "gone");
        assertThat(err.toString()).contains("no workflow 'gone'", "workflow list");
        crumb(ExitCode.FAILED, "", "run", "start", "--name", "gone");
        assertThat(err.toString()).contains("no workflow 'gone'");
        crumb(ExitCode.OK, "", "run", "signal", "of-gone", "go");
        assertThat(crumb(ExitCode.OK, "", "run", "watch", "of-gone")).contains("completed");
        assertThat(crumb(ExitCode.OK, waiting, "workflow", "save", "-")).startsWith("workflow gone is stored");
    }

    @Test
    void shouldSayWhatIsNotStored() {
        crumb(ExitCode.FAILED, "", "run", "start", "--name", "nobody");
        assertThat(err.toString()).contains("no workflow 'nobody'", "workflow list");
        crumb(ExitCode.FAILED, "", "workflow", "show", "nobody", "--version", "3");
        assertThat(err.toString()).contains("no workflow 'nobody' of version 3");
        crumb(ExitCode.USAGE, "{\"tool\": \"echo\"}", "workflow", "save", "-");
        assertThat(err.toString()).contains("expected a field 'name' in the workflow, or --name");
        crumb(ExitCode.USAGE, "{\"tool\": \"echo\"}", "workflow", "save", "-", "--name", "a b");
        assertThat(err.toString()).contains("letters, digits");
        crumb(ExitCode.FAILED, "[]", "workflow", "save", "-", "--name", "none");
        assertThat(err.toString()).contains("NO_STEPS");
        crumb(ExitCode.USAGE, "", "run", "start");
        assertThat(err.toString()).contains("expected a FILE, or --name");
        String outer = "{\"id\": \"all\", \"workflow\": \"nobody\"}";
        crumb(ExitCode.FAILED, outer, "run", "start", "-", "--wait");
        assertThat(err.toString()).contains("there is no workflow 'nobody'");
    }
}
