package io.breadcrumbs.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.api.security.SecuritySettings;
import io.breadcrumbs.sdk.tool.Values;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the fuzz test has found: each is answered by a problem document that shows nothing of the inside. */
class FaultyRequestsTest {

    private static Door door;

    @BeforeAll
    static void start() {
        door = Door.start(
                new DoorSettings(0, "k:1", "http://r:2", "i", "v").withSecurity(SecuritySettings.OFF), new Nothing());
    }

    @AfterAll
    static void stop() {
        door.close();
    }

    private static String ask(String request, String header, String body) throws IOException {
        URI address = URI.create(door.url());
        try (Socket socket = new Socket(InetAddress.ofLiteral(address.getHost()), address.getPort())) {
            socket.setSoTimeout(10_000);
            String head = request + " HTTP/1.1\r\nHost: " + address.getAuthority()
                    + "\r\nConnection: close\r\nContent-Type: application/json\r\n"
                    + (header.isEmpty() ? "" : header + "\r\n") + "Content-Length: " + body.length() + "\r\n\r\n";
            socket.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "GET /platform | Origin: https://elsewhere.example | `` | 403 | Origin: expected one",
                "GET /platform | Origin: ; nonsense | `` | 403 | Origin: expected one",
                "POST /api/invoke/async | Content-Encoding: gzip | {} | 415 | Content-Encoding: expected none, got gzip",
                "GET /health/a%00b | `` | `` | 400 | selector: expected another value",
                "GET /breadcrumbs?created_to=%2B1000000000-12-31T23:59:59Z | `` | `` | 400 | created.to: expected a moment",
                "POST /api/runs/r/cancel | `` | {\"reason\": \"a\"}{} | 400 | expected nothing behind the document",
            })
    void shouldAnswerWithAProblem(String request, String header, String body, int status, String detail)
            throws Exception {
        String answer = ask(request, header, body);

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains("application/problem+json");
        assertThat(Values.parse(answer.substring(answer.indexOf("\r\n\r\n")))
                        .get("detail")
                        .asText())
                .contains(detail)
                .doesNotContain("io.micronaut", "jackson");
    }
}
