package io.breadcrumbs.runner.provider.mcp.channel;

import io.breadcrumbs.runner.provider.mcp.channel.ChannelException.Reason;
import io.modelcontextprotocol.spec.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The address of a server that speaks streamable HTTP, and what every request to it says: the operator's headers, the
 * session and the version of the protocol. Redirects are not followed: the operator's credentials go to the operator's
 * address only. Thread-safe; all requests block, and end when their thread is interrupted.
 */
public final class HttpEndpoint implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoint.class);
    private static final Duration FAREWELL = Duration.ofSeconds(2);
    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

    private final URI url;
    private final HttpRequest.Builder base;
    private final HttpClient client;
    private volatile @Nullable String session;

    /**
     * @param headers with secrets in place
     * @throws IllegalArgumentException if a header may not be set
     */
    public HttpEndpoint(URI url, Map<String, String> headers, Duration connectTimeout) {
        this.url = url;
        base = HttpRequest.newBuilder(url);
        headers.forEach(base::setHeader);
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout)
                .executor(task -> Thread.ofVirtual().name("mcp http client").start(task))
                .build();
    }

    HttpResponse<InputStream> post(String message) throws IOException, InterruptedException {
        HttpRequest request = request()
                .setHeader("Accept", "application/json, text/event-stream")
                .setHeader("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(message))
                .build();
        return send(request);
    }

    /** Opens a stream of events; where an id is given, from the event after it. */
    HttpResponse<InputStream> get(@Nullable String lastId) throws IOException, InterruptedException {
        HttpRequest.Builder request = request().setHeader("Accept", "text/event-stream");
        if (lastId != null) {
            request.header(HttpHeaders.LAST_EVENT_ID, lastId);
        }
        return send(request.GET().build());
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException, InterruptedException {
        try {
            return client.send(request, BodyHandlers.ofInputStream());
        } catch (ConnectException | HttpConnectTimeoutException | UnresolvedAddressException e) { // they say nothing
            throw new ChannelException(Reason.GONE, "nobody answers at '" + url.getRawAuthority() + "'");
        }
    }

    private HttpRequest.Builder request() {
        HttpRequest.Builder request;
        synchronized (base) {
            request = base.copy();
        }
        String current = session;
        return current == null ? request : request.header(HttpHeaders.MCP_SESSION_ID, current);
    }

    /** The response to the first request says which session this is. */
    void open(HttpResponse<?> response) {
        session = response.headers().firstValue(HttpHeaders.MCP_SESSION_ID).orElse(null);
    }

    /** From now on all requests say this version. */
    void speak(String protocol) {
        synchronized (base) {
            base.setHeader(HttpHeaders.PROTOCOL_VERSION, protocol);
        }
    }

    /** Fails if the server did not take the request; where it does not know the session any more, that is lost. */
    void demandTaken(HttpResponse<?> response) throws ChannelException {
        int status = response.statusCode();
        if (status == 404 && session != null) {
            throw new ChannelException(Reason.GONE, "it does not know the session any more");
        }
        if (status < 200 || status > 299) {
            throw new ChannelException(
                    PASSING.contains(status) ? Reason.BUSY : Reason.REFUSED,
                    "expected a status of 200 to 299, got " + status);
        }
    }

    static String type(HttpResponse<?> response) {
        String type = response.headers().firstValue("content-type").orElse("");
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }

    /** Says farewell if there is a session, and ends all requests. Blocks, not for long. */
    @Override
    public void close() {
        if (session != null && !client.isTerminated()) {
            try {
                HttpRequest farewell = request().timeout(FAREWELL).DELETE().build();
                client.send(farewell, BodyHandlers.discarding());
            } catch (IOException e) {
                LOG.debug("host {} does not hear a farewell", url.getHost(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        client.shutdownNow();
    }
}
