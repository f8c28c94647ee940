package io.breadcrumbs.sdk.egress;

import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.sdk.tool.ToolFailure;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one response of HTTP/1.1, and no more of it than is allowed. Believes nothing: whatever is not as the protocol
 * says ends the connection.
 */
final class ResponseReader {

    private static final int HEAD_BYTES_AT_MOST = 64 << 10;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5]\\d\\d)( .*)?");
    private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
    private static final Pattern CHUNK = Pattern.compile("([0-9a-fA-F]{1,15})[ \\t]*(;.*)?");
    private static final Pattern CHARSET = Pattern.compile("charset=\"?([^\";\\s]+)", Pattern.CASE_INSENSITIVE);

    private final InputStream in;
    private final long bodyBytes;
    private int headBytes;

    ResponseReader(InputStream in, long bodyBytes) {
        this.in = in;
        this.bodyBytes = bodyBytes;
    }

    /**
     * Reads it all.
     *
     * @param headOnly whether the response has no body, whatever its headers say
     */
    WebResponse read(String host, boolean headOnly) throws IOException, ToolFailure {
        int status = status();
        Map<String, String> headers = headers();
        while (status < 200) {
            if (status == 101) {
                throw new ProtocolException("the server switches protocols unasked");
            }
            status = status();
            headers = headers();
        }
        boolean empty = headOnly || status == 204 || status == 304;
        return new WebResponse(status, headers, empty ? "" : decoded(body(host, headers), headers));
    }

    private int status() throws IOException {
        String line = line();
        Matcher matcher = STATUS.matcher(line);
        if (!matcher.matches()) {
            throw new ProtocolException("the first line is not a status of HTTP/1.1");
        }
        return Integer.parseInt(matcher.group(1));
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1 || Character.isWhitespace(line.charAt(0))) {
                throw new ProtocolException("a header has no name");
            }
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            headers.merge(name, line.substring(colon + 1).strip(), (one, other) -> one + ", " + other);
        }
        return headers;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the connection ended within the head");
            }
            if (++headBytes > HEAD_BYTES_AT_MOST) {
                throw new ProtocolException("the head is larger than " + HEAD_BYTES_AT_MOST + " bytes");
            }
            if (next == '\n') {
                int end = line.length();
                return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
            }
            line.append((char) next);
        }
    }

    private ByteArrayOutputStream body(String host, Map<String, String> headers) throws IOException, ToolFailure {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        String encoding = headers.get("transfer-encoding");
        String length = headers.get("content-length");
        if (encoding != null) {
            if (!encoding.equalsIgnoreCase("chunked")) {
                throw new ProtocolException("transfer-encoding is not 'chunked'");
            }
            chunks(host, body);
        } else if (length != null) {
            if (!LENGTH.matcher(length).matches()) {
                throw new ProtocolException("content-length is not a number");
            }
            copy(host, body, Long.parseLong(length));
        } else {
            rest(host, body);
        }
        return body;
    }

    private void chunks(String host, ByteArrayOutputStream body) throws IOException, ToolFailure {
        while (true) {
            headBytes = 0;
            Matcher size = CHUNK.matcher(line());
            if (!size.matches()) {
                throw new ProtocolException("a chunk has no size");
            }
            long bytes = Long.parseLong(size.group(1), 16);
            if (bytes == 0) {
                headers();
                return;
            }
            copy(host, body, bytes);
            if (!line().isEmpty()) {
                throw new ProtocolException("a chunk is longer than it said");
            }
        }
    }

    private void copy(String host, ByteArrayOutputStream body, long bytes) throws IOException, ToolFailure {
        if (bytes > bodyBytes - body.size()) {
            throw tooLarge(host);
        }
        byte[] buffer = new byte[8192];
        long left = bytes;
        while (left > 0) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new EOFException("the connection ended within the body");
            }
            body.write(buffer, 0, count);
            left -= count;
        }
    }

    private void rest(String host, ByteArrayOutputStream body) throws IOException, ToolFailure {
        byte[] buffer = new byte[8192];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            if (count > bodyBytes - body.size()) {
                throw tooLarge(host);
            }
            body.write(buffer, 0, count);
        }
    }

    private ToolFailure tooLarge(String host) {
        return ToolFailure.of(
                ErrorKind.RUNTIME,
                "TOO_LARGE",
                "expected at most " + bodyBytes + " bytes from host '" + host + "', got more");
    }

    private static String decoded(ByteArrayOutputStream body, Map<String, String> headers) {
        Matcher named = CHARSET.matcher(headers.getOrDefault("content-type", ""));
        Charset charset = StandardCharsets.UTF_8;
        if (named.find()) {
            try {
                charset = Charset.forName(named.group(1));
            } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
                charset = StandardCharsets.ISO_8859_1; // shows every byte as something
            }
        }
        return body.toString(charset);
    }
}
