package io.breadcrumbs.local.registry;

import com.sun.net.httpserver.HttpServer;
import io.breadcrumbs.local.data.Fault;
import io.breadcrumbs.local.data.Opened;
import io.breadcrumbs.local.registry.store.RegistryState;
import io.breadcrumbs.local.registry.store.SchemasTopic;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A schema registry in this JVM, reached on 127.0.0.1 only; its state lies in the broker's topic {@code _schemas}. */
public final class EmbeddedRegistry implements AutoCloseable {

    private final SchemasTopic topic;
    private final HttpServer server;
    private final ExecutorService threads;

    private EmbeddedRegistry(SchemasTopic topic, HttpServer server, ExecutorService threads) {
        this.topic = topic;
        this.server = server;
        this.threads = threads;
    }

    /**
     * Reads the state and opens the door.
     *
     * @param port 0 takes a free one
     */
    public static Opened<EmbeddedRegistry> start(String bootstrapServers, int port) {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 64);
        } catch (BindException e) {
            return new Opened.Refused<>(new Fault.PortTaken("the schema registry", port, "--registry-port"));
        } catch (IOException e) {
            return new Opened.Refused<>(new Fault.NotStarted("the schema registry", String.valueOf(e)));
        }
        RegistryState state = new RegistryState();
        SchemasTopic topic;
        try {
            topic = SchemasTopic.open(bootstrapServers, state);
        } catch (RuntimeException e) {
            server.stop(0);
            return new Opened.Refused<>(new Fault.NotStarted("the schema registry", String.valueOf(e)));
        }
        ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("registry-", 0).factory());
        server.setExecutor(threads);
        server.createContext("/", new Door(new Routes(state, topic, bootstrapServers)));
        server.start();
        return new Opened.Running<>(new EmbeddedRegistry(topic, server, threads));
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
        topic.close();
    }
}
