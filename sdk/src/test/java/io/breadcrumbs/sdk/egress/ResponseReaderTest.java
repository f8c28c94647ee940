package io.breadcrumbs.sdk.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breadcrumbs.sdk.tool.ToolFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseReaderTest {

    private static WebResponse read(String response, long bodyBytes) throws IOException, ToolFailure {
        byte[] bytes = response.getBytes(StandardCharsets.ISO_8859_1);
        return new ResponseReader(new ByteArrayInputStream(bytes), bodyBytes).read("host", false);
    }

    @Test
    void shouldReadABodyOfKnownLength() throws Exception {
        WebResponse response = read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello, and more", 100);

        assertThat(response.text()).isEqualTo("hello");
    }

    @Test
    void shouldReadChunksAndForgetTheirExtensions() throws Exception {
        WebResponse response = read(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n1\r\n!\r\n0\r\nX: y\r\n\r\n",
                6);

        assertThat(response.text()).isEqualTo("hello!");
    }

    @Test
    void shouldReadToTheEndWithoutALength() throws Exception {
        assertThat(read("HTTP/1.0 200\r\n\r\nhello", 5).text()).isEqualTo("hello");
    }

    @Test
    void shouldPassOverInterimResponses() throws Exception {
        WebResponse response = read("HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 204 No\r\nA: 1\r\nA: 2\r\n\r\n", 5);

        assertThat(response.status()).isEqualTo(204);
        assertThat(response.headers()).containsOnlyKeys("a").containsEntry("a", "1, 2");
    }

    @Test
    void shouldDecodeAsTheServerSays() throws Exception {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=";

        assertThat(read(head + "ISO-8859-1\r\n\r\n\u00e4", 9).text()).isEqualTo("\u00e4");
        assertThat(read(head + "utf-8\r\n\r\n\u00c3\u00a4", 9).text()).isEqualTo("\u00e4");
        assertThat(read(head + "none-such\r\n\r\n\u00e4", 9).text()).isEqualTo("\u00e4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length: 999999999999999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffff\r\n"
            })
    void shouldReadNoMoreThanIsAllowed(String response) {
        assertThatThrownBy(() -> read(response, 4))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining("at most 4 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SSH-2.0-OpenSSH\r\n\r\n",
                "HTTP/2 200\r\n\r\n",
                "HTTP/1.1 200 OK\r\n",
                "HTTP/1.1 200 OK\r\n: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
                "HTTP/1.1 101 Switching\r\n\r\n"
            })
    void shouldNotTakeWhatIsNoResponse(String response) {
        assertThatThrownBy(() -> read(response, 100)).isInstanceOf(IOException.class);
    }

    @Test
    void shouldNotReadAHeadWithoutEnd() {
        assertThatThrownBy(() -> read("HTTP/1.1 200 OK\r\nA: " + "a".repeat(70_000), 100))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("head is larger");
    }
}
