package io.breadcrumbs.sdk.egress;

import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.Trace;
import io.breadcrumbs.sdk.tool.ToolFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sends HTTP requests, each over a connection of its own to an address that the guard has checked, and follows
 * redirects where it may, which the guard checks too. Blocks the sender's thread, which should be virtual. Thread-safe.
 */
public final class WebClient {

    /** The code of a failure after which nobody knows whether the server has done what it was asked for. */
    public static final String LOST = "HTTP_LOST";

    /** The same, where the time was over. */
    public static final String LATE = "HTTP_TIMEOUT";

    private static final int REDIRECTS_AT_MOST = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final Guard guard;
    private final Time time;
    private final SSLSocketFactory tls;

    public WebClient(Guard guard, Time time, SSLSocketFactory tls) {
        this.guard = guard;
        this.time = time;
        this.tls = tls;
    }

    /**
     * Sends a request and waits for the whole response. Whoever answers can go on with the sender's trace.
     *
     * @param ends takes what ends the request when its sender is stopped
     * @throws ToolFailure if it may not be sent, nobody answers in time, or the answer is too large or no HTTP
     */
    public WebResponse send(WebRequest request, Allowance allowance, Consumer<AutoCloseable> ends)
            throws ToolFailure, InterruptedException {
        Ending ending = new Ending();
        Duration left = Duration.between(time.now(), allowance.until());
        Runnable timer = time.after(left.isNegative() ? Duration.ZERO : left, ending::expire);
        try {
            ends.accept(ending);
            return follow(request.inTrace(Trace.current()), allowance, ending);
        } finally {
            timer.run();
            ending.close();
        }
    }

    private WebResponse follow(WebRequest first, Allowance allowance, Ending ending)
            throws ToolFailure, InterruptedException {
        WebRequest request = first;
        for (int redirects = 0; ; redirects++) {
            WebResponse response = exchange(request, allowance, ending, redirects > 0);
            URI target = allowance.redirects() ? target(request.uri(), response) : null;
            if (target == null) {
                return response;
            }
            if (redirects == REDIRECTS_AT_MOST) {
                throw ToolFailure.of(
                        ErrorKind.RUNTIME,
                        "HTTP_REDIRECT",
                        "expected at most " + REDIRECTS_AT_MOST + " redirects, host '"
                                + request.uri().getHost() + "' sent one more");
            }
            request = redirected(request, response.status(), target);
        }
    }

    private WebResponse exchange(WebRequest request, Allowance allowance, Ending ending, boolean redirected)
            throws ToolFailure, InterruptedException {
        String host = request.uri().getHost();
        try {
            Destination destination = checked(request.uri(), allowance.reach(), ending);
            try (Connection connection = Connection.to(destination, tls, ending)) {
                return connection.exchange(request, destination, allowance.bodyBytes());
            }
        } catch (IOException e) {
            if (ending.isExpired()) {
                throw ToolFailure.of(ErrorKind.TIMEOUT, LATE, "host '" + host + "' did not answer in time");
            }
            if (Thread.interrupted() || ending.isEnded()) {
                throw new InterruptedException("the request to host '" + host + "' was stopped");
            }
            throw failed(host, e, redirected);
        }
    }

    private static ToolFailure failed(@Nullable String host, IOException e, boolean redirected) {
        String message = "expected an answer from host '" + host + "', got "
                + e.getClass().getSimpleName() + ": " + e.getMessage();
        boolean unsent = (e instanceof ConnectException || e instanceof SSLException) && !redirected;
        ToolFailure failure = ToolFailure.of(ErrorKind.RUNTIME, unsent ? "HTTP_CONNECTION" : LOST, message);
        return e instanceof SSLException ? failure : failure.retryable();
    }

    /** Resolving blocks, and cannot be interrupted: it has a thread of its own, which ends with it. */
    private Destination checked(URI uri, Reach reach, Ending ending)
            throws ToolFailure, IOException, InterruptedException {
        CompletableFuture<Destination> checked = new CompletableFuture<>();
        ending.blocksOn(() -> checked.cancel(false));
        Thread.ofVirtual().name("egress resolves").start(() -> {
            try {
                checked.complete(guard.check(uri, reach));
            } catch (ToolFailure | RuntimeException e) {
                checked.completeExceptionally(e);
            }
        });
        try {
            return checked.get();
        } catch (CancellationException e) {
            throw new IOException("ended", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ToolFailure failure) {
                throw failure;
            }
            throw new IllegalStateException("the guard failed", e.getCause());
        }
    }

    private static @Nullable URI target(URI from, WebResponse response) throws ToolFailure {
        String location = response.headers().get("location");
        if (location == null || !REDIRECTS.contains(response.status())) {
            return null;
        }
        try {
            String path = from.getRawPath();
            URI base = path == null || path.isEmpty() ? from.resolve("/") : from;
            return location.startsWith("?") ? base.resolve(base.getRawPath() + location) : base.resolve(location);
        } catch (IllegalArgumentException e) {
            throw ToolFailure.of(
                    ErrorKind.RUNTIME,
                    "HTTP_REDIRECT",
                    "host '" + from.getHost() + "' redirects to something that is no URL");
        }
    }

    private static WebRequest redirected(WebRequest request, int status, URI target) throws ToolFailure {
        URI from = request.uri();
        if ("https".equalsIgnoreCase(from.getScheme()) && !"https".equalsIgnoreCase(target.getScheme())) {
            throw ToolFailure.of(
                    ErrorKind.PERMISSION,
                    "HOST_FORBIDDEN",
                    "host '" + target.getHost() + "' may not be reached: the redirect leaves https");
        }
        boolean get = status == 303
                ? !request.method().equals("HEAD")
                : status <= 302 && request.method().equals("POST");
        WebRequest next = (get ? request.asGet() : request).to(target);
        return sameOrigin(from, target) ? next : next.withoutConfidential();
    }

    private static boolean sameOrigin(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && Objects.requireNonNullElse(one.getHost(), "").equalsIgnoreCase(other.getHost())
                && Guard.port(one) == Guard.port(other);
    }
}
