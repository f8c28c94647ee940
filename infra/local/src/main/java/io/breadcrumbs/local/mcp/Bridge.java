package io.breadcrumbs.local.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.local.console.Console;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Carries messages from a client's lines to the server, and back. A session that the server has lost, because the
 * platform was started anew, is begun again without the client's noticing. Run by one thread; each request that is
 * under way has another.
 */
final class Bridge {

    private static final String INITIALIZE = "initialize";
    private static final String INITIALIZED = "notifications/initialized";
    private static final String CANCELLED = "notifications/cancelled";
    private static final Duration AGAIN = Duration.ofSeconds(1);
    /** More requests at once wait, and with them what the client says next. */
    private static final int AT_ONCE = 100;

    private final Console console;
    private final Upstream upstream;
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final Map<JsonNode, Thread> underWay = new ConcurrentHashMap<>();
    private final ReentrantLock printing = new ReentrantLock();
    private final ReentrantLock beginning = new ReentrantLock();
    private volatile @Nullable Message initialize;
    private volatile @Nullable Thread listener;

    Bridge(Console console, Upstream upstream) {
        this.console = console;
        this.upstream = upstream;
    }

    /** Returns when the client has nothing more to say. */
    void run() throws IOException {
        console.err().println("crumb: speaks MCP for " + upstream.server());
        BufferedReader lines = new BufferedReader(console.in());
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.isBlank()) {
                take(line);
            }
        }
        underWay.values().forEach(Thread::interrupt);
        Thread listening = listener;
        if (listening != null) {
            listening.interrupt();
        }
    }

    private void take(String line) {
        Message message = Message.of(line);
        if (message == null) {
            print(Message.error(null, Message.PARSE_ERROR, "expected one JSON-RPC message a line"));
        } else if (message.isRequest()) {
            begin(message);
        } else {
            notice(message);
        }
    }

    private void begin(Message request) {
        JsonNode id = request.id();
        if (id == null) {
            throw new IllegalArgumentException("expected a request");
        }
        room.acquireUninterruptibly();
        Thread thread = Thread.ofVirtual().name("mcp " + request.method()).unstarted(() -> {
            try {
                ask(request);
            } finally {
                underWay.remove(id);
                room.release();
            }
        });
        underWay.put(id, thread);
        thread.start();
    }

    private void ask(Message request) {
        try {
            if (request.method().equals(INITIALIZE)) {
                initialize = request;
                upstream.forget();
                upstream.post(request, this::initialized);
                return;
            }
            String session = upstream.session();
            if (!upstream.post(request, this::print)) {
                beginAgain(session);
                if (!upstream.post(request, this::print)) {
                    print(Message.error(request.id(), Message.INTERNAL_ERROR, "the platform does not keep sessions"));
                }
            }
        } catch (IOException e) {
            if (!Thread.currentThread().isInterrupted()) { // then the client has cancelled it: it wants no answer
                print(Message.error(request.id(), Message.INTERNAL_ERROR, away(e)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // here too
        }
    }

    private void initialized(Message answer) {
        agree(answer);
        print(answer);
    }

    private void agree(Message answer) {
        upstream.agreed(answer.json().at("/result/protocolVersion").textValue());
    }

    private String away(IOException e) {
        String what =
                "no platform answers at " + upstream.server() + " (" + e + "); start one with './crumb up --detach'";
        console.err().println("crumb: " + what);
        return what;
    }

    /** The server does not know the session any more: the first who sees that begins a new one, for all. */
    private void beginAgain(@Nullable String lost) throws IOException, InterruptedException {
        beginning.lock();
        try {
            Message first = initialize;
            if (first != null && Objects.equals(lost, upstream.session())) {
                upstream.forget();
                upstream.post(first, this::agree);
                upstream.post(Message.notice(INITIALIZED), _ -> {});
                listen();
            }
        } finally {
            beginning.unlock();
        }
    }

    private void notice(Message notice) {
        if (notice.method().equals(CANCELLED) && upstream.session() == null) {
            JsonNode id = notice.json().at("/params/requestId");
            Thread asking = underWay.get(id);
            if (asking != null) {
                asking.interrupt(); // ends the answer's stream, which is how the server is told
            }
            return;
        }
        try {
            upstream.post(notice, this::print);
        } catch (IOException e) {
            away(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (notice.method().equals(INITIALIZED)) {
            listen();
        }
    }

    private void listen() {
        Thread before = listener;
        if (before != null) {
            before.interrupt();
        }
        listener = Thread.ofVirtual().name("mcp notices").start(this::hear);
    }

    private void hear() {
        boolean complained = false;
        try {
            while (true) {
                try {
                    upstream.listen(this::print);
                    complained = false;
                } catch (IOException e) {
                    if (!complained && !Thread.currentThread().isInterrupted()) {
                        away(e);
                        complained = true;
                    }
                }
                Thread.sleep(AGAIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void print(Message message) {
        printing.lock();
        try {
            console.line(message.toString());
            console.out().flush();
        } finally {
            printing.unlock();
        }
    }
}
