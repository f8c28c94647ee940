package io.breadcrumbs.local.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.local.command.CrumbCommand;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.platform.Platform;
import io.breadcrumbs.local.platform.PlatformSettings;
import io.breadcrumbs.schemas.SecretUse;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.ToolKind;
import io.breadcrumbs.schemas.ToolLimits;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A secret from the command line to a tool and back, and afterwards every byte that any topic has. */
@Timeout(300)
class SecretIT {

    private static final String VALUE = "s3cr3t-\"with\"-quotes-and-ümlauts";
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    static Path temp;

    private static Platform platform;

    private record Said(int code, String out, String err) {}

    @BeforeAll
    static void start() throws Exception {
        platform = Platform.start(
                        PlatformSettings.anywhere(temp.resolve("data")).withPools(Set.of("default")), _ -> {})
                .orThrow();
        publish("echo_token", List.of("API"));
        publish("echo_nothing", List.of());
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private static void publish(String name, List<String> secrets) throws Exception {
        ToolDefinition tool = ToolDefinition.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL, name + " / 1", "test"))
                .setName(name)
                .setKind(ToolKind.SCRIPT)
                .setInputSchema("{\"type\":\"object\",\"required\":[\"token\"],"
                        + "\"properties\":{\"token\":{\"type\":\"string\"}}}")
                .setSource("{\"code\": \"function execute({token, fail}) { console.log('saw ' + token);"
                        + " if (fail) throw new Error('bad ' + token);"
                        + " return {length: token.length, echo: 'x' + token, url: encodeURIComponent(token)}; }\"}")
                .setLimits(ToolLimits.newBuilder().setSecrets(secrets).build())
                .build();
        platform.bus().publish(Catalogue.TOOL, name + " / 1", tool).get();
    }

    private static Said crumb(String in, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--data=" + temp.resolve("data"));
        int code = CrumbCommand.run(
                new StringReader(in), new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
        return new Said(code, out.toString().strip(), err.toString().strip());
    }

    private static String done(String in, String... arguments) {
        Said said = crumb(in, arguments);
        assertThat(said.code()).as("%s %s", List.of(arguments), said).isEqualTo(ExitCode.OK);
        return said.out();
    }

    /** What was written a moment ago is read by the runner in its own time. */
    private static String eventually(String... arguments) {
        long end = System.nanoTime() + SOON.toNanos();
        Said said = crumb("", arguments);
        while (said.code() != ExitCode.OK && System.nanoTime() < end) {
            said = crumb("", arguments);
        }
        assertThat(said.code()).as("%s", said).isEqualTo(ExitCode.OK);
        return said.out();
    }

    @Test
    void shouldGiveASecretToTheToolThatMayHaveItAndToNobodyElse() throws Exception {
        // Given
        assertThat(done(VALUE + "\n", "secret", "set", "API")).isEqualTo("secret API of workspace default is set");
        done("another value\n", "secret", "set", "API", "--workspace", "theirs");
        String input = "{\"token\": {\"$secret\": \"API\"}}";

        // When
        String answered = eventually("call", "echo_token", input);
        Said failed = crumb("", "call", "echo_token", "{\"token\": {\"$secret\": \"API\"}, \"fail\": true}");
        Said forbidden = crumb("", "call", "echo_nothing", input);
        Said missing = crumb("", "call", "echo_token", "{\"token\": {\"$secret\": \"OTHER\"}}");
        String ran = done(
                "[{\"id\": \"a\", \"tool\": \"echo_token\", \"input\": " + input + "}]", "run", "start", "-", "--wait");

        // Then
        assertThat(answered).contains("\"length\":" + VALUE.length(), "\"echo\":\"x***\"");
        assertThat(failed.err()).contains("bad ***");
        assertThat(forbidden.err()).contains("PERMISSION", "echo_nothing", "API");
        assertThat(missing.err()).contains("PERMISSION", "OTHER");
        assertThat(ran).contains("x***");
        assertThat(done("", "secret", "list")).contains("default", "theirs", "API");
        assertRotates(input);
        assertUsesAreNoted();
        done("", "secret", "delete", "API");
        assertThat(crumb("", "secret", "delete", "API").code()).isEqualTo(ExitCode.FAILED);
        assertNoTopicHas(VALUE);
    }

    /** The file has the new key alone, and the value is the same. */
    private static void assertRotates(String input) throws Exception {
        Path keys = temp.resolve("data").resolve("master.keys");
        assertThat(done("", "secret", "rotate", "--new-key")).startsWith("2 secrets");
        List<String> lines = Files.readAllLines(keys);
        assertThat(lines).hasSize(2);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
                .isEqualTo("rw-------");
        Files.writeString(keys, lines.getFirst() + "\n");
        assertThat(eventually("call", "echo_token", input)).contains("x***");
        for (String line : lines) {
            assertNoTopicHas(line);
        }
    }

    private static void assertUsesAreNoted() throws Exception {
        List<SecretUse> uses = new CopyOnWriteArrayList<>();
        try (Tail tail =
                platform.bus().tail(TailFrom.beginning(Catalogue.SECRET_USE), (use, _, _) -> uses.add(use.body()))) {
            tail.caughtUp().get();
        }
        assertThat(uses).hasSizeGreaterThanOrEqualTo(4).allSatisfy(use -> {
            assertThat(use.getSecret()).isEqualTo("API");
            assertThat(use.getTool()).isEqualTo("echo_token");
            assertThat(use.getRequestId()).isNotEmpty();
        });
        assertThat(uses).anySatisfy(use -> assertThat(use.getRunId()).isNotNull());
    }

    private static void assertNoTopicHas(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        List<String> forms = List.of(
                new String(utf8, StandardCharsets.ISO_8859_1),
                new String(value.replace("\"", "\\\"").getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1),
                Base64.getEncoder().encodeToString(utf8));
        int seen = WholeLog.each(platform.state().kafka(), record -> {
            String all = text(record.key()) + text(record.value());
            assertThat(forms).as("%s@%s", record.topic(), record.offset()).noneMatch(all::contains);
        });
        assertThat(seen).isGreaterThan(50);
    }

    private static String text(byte @org.jspecify.annotations.Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
