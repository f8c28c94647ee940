package io.breadcrumbs.local.reach;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.breadcrumbs.local.command.CrumbCommand;
import io.breadcrumbs.local.console.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that need the brokers, at a door that is reached while they are not. */
class BrokersTest {

    private static HttpServer door;

    @BeforeAll
    static void start() throws IOException {
        byte[] platform = "{\"kafka\": \"127.0.0.1:1,127.0.0.1:2\", \"registry\": \"http://127.0.0.1:1\"}"
                .getBytes(StandardCharsets.UTF_8);
        door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        door.createContext("/platform", exchange -> {
            exchange.sendResponseHeaders(200, platform.length);
            exchange.getResponseBody().write(platform);
            exchange.close();
        });
        door.start();
    }

    @AfterAll
    static void stop() {
        door.stop(0);
    }

    @ParameterizedTest
    @ValueSource(strings = "publish -")
    void shouldSayInASentenceThatTheyNeedTheBrokersAndWhereThoseWouldBe(String line) {
        String url = "http://127.0.0.1:" + door.getAddress().getPort();
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of(line.split(" ")));
        all.add("--url=" + url);
        String record = "{\"topic\": \"tool.request.v1\", \"value\": {\"tool\": \"echo\"}}";

        int code = CrumbCommand.run(
                new StringReader(record), new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));

        assertThat(err.toString().lines())
                .containsExactly("crumb: this command needs the brokers, and none answers at 127.0.0.1:1,127.0.0.1:2,"
                        + " where " + url + " says that they are; give it on a machine that reaches them, since over"
                        + " HTTP alone only run, workflow, schedule, tools, call, topics, tail, dlq, key and secret can"
                        + " be asked");
        assertThat(out.toString()).isEmpty();
        assertThat(code).isEqualTo(ExitCode.NO_PLATFORM);
    }
}
