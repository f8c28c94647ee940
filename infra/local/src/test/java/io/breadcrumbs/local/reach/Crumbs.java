package io.breadcrumbs.local.reach;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.api.security.SecuritySettings;
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

/** A platform at which callers must say who they are, and its command lines: over the brokers, and by URL and key. */
final class Crumbs implements AutoCloseable {

    private final Path data;
    private final Platform platform;
    private final String ours;
    private final String theirs;

    /** What a command line said. */
    record Said(int code, String out, String err) {

        /** Without ids and times, which differ. */
        String about(String runId) {
            return (out + err)
                    .replace(runId, "RUN")
                    .replaceAll("command [0-9a-f-]{36}", "COMMAND")
                    .replaceAll("\\d+(\\.\\d+)? (µs|ms|s|min)( \\d+ (ms|s))?", "TIME");
        }
    }

    Crumbs(Path data) {
        this.data = data;
        platform = Platform.start(
                        PlatformSettings.anywhere(data)
                                .withPools(Set.of("default"))
                                .withSecurity(SecuritySettings.ON),
                        _ -> {})
                .orThrow();
        ours = key("ours", "default", "curator");
        theirs = key("theirs", "team-b", "curator");
    }

    String url() {
        return platform.state().url();
    }

    String registry() {
        return platform.state().registry();
    }

    String kafka() {
        return platform.state().kafka();
    }

    String key(String name, String workspace, String roles) {
        return local("key", "create", name, "--workspace", workspace, "--role", roles);
    }

    Said ask(String in, List<String> line, String... reach) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(line);
        all.addAll(List.of(reach));
        int code = CrumbCommand.run(
                new StringReader(in), new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
        return new Said(code, out.toString().strip(), err.toString().strip());
    }

    private static String done(Said said, List<String> line) {
        assertThat(said.code()).as("%s: %s %s", line, said.out(), said.err()).isEqualTo(ExitCode.OK);
        return said.out();
    }

    /** Over the brokers. */
    Said locally(String in, List<String> line) {
        return ask(in, line, "--data=" + data);
    }

    String local(String... line) {
        return done(locally("", List.of(line)), List.of(line));
    }

    /** By URL and key. */
    Said remotely(String in, List<String> line) {
        return ask(in, line, "--url=" + url(), "--api-key=" + ours);
    }

    String remote(String... line) {
        return done(remotely("", List.of(line)), List.of(line));
    }

    String remoteWith(String in, String... line) {
        return done(remotely(in, List.of(line)), List.of(line));
    }

    /** As somebody of another workspace. */
    Said stranger(String... line) {
        return ask("", List.of(line), "--url=" + url(), "--api-key=" + theirs);
    }

    @Override
    public void close() {
        platform.close();
    }
}
