package io.breadcrumbs.local.breadcrumb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Many who watch the same stream, each over a connection of its own. One thread. */
final class Crowd implements AutoCloseable {

    /** So many connections wait at once to be accepted. */
    private static final int AT_ONCE = 100;

    private final InetSocketAddress door;
    private final byte[] request;
    private final Selector selector = Selector.open();
    private final List<Watcher> watchers = new ArrayList<>();
    private final ByteBuffer some = ByteBuffer.allocate(16 << 10);

    /** One of them, with all that it has been told. */
    private static final class Watcher {
        final SocketChannel channel;
        final StringBuilder told = new StringBuilder();

        Watcher(SocketChannel channel) {
            this.channel = channel;
        }
    }

    /** @param path of the stream */
    Crowd(URI door, String path) throws IOException {
        this.door = new InetSocketAddress(door.getHost(), door.getPort());
        request = ("GET " + path + " HTTP/1.1\r\nHost: " + door.getHost() + "\r\nAccept: text/event-stream\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** So many more come, each when most of those before it have been told this. */
    void come(int more, String told, Duration atMost) throws IOException {
        long until = System.nanoTime() + atMost.toNanos();
        for (int left = more; left > 0; left -= AT_ONCE) {
            for (int i = 0; i < Math.min(left, AT_ONCE); i++) {
                SocketChannel channel = SocketChannel.open();
                Watcher watcher = new Watcher(channel);
                watchers.add(watcher);
                channel.configureBlocking(false);
                channel.connect(door);
                channel.register(selector, SelectionKey.OP_CONNECT, watcher);
            }
            await(told, until);
        }
    }

    /** Returns when all have been told this. */
    void await(String told, Duration atMost) throws IOException {
        await(told, System.nanoTime() + atMost.toNanos());
    }

    private void await(String told, long until) throws IOException {
        long left = watchers.size() - count(told);
        while (left > 0) {
            assertThat(System.nanoTime())
                    .as("%d of %d have not been told '%s'", left, watchers.size(), told)
                    .isLessThan(until);
            selector.select(this::step, 100);
            left = watchers.size() - count(told);
        }
    }

    private long count(String told) {
        return watchers.stream()
                .filter(watcher -> watcher.told.indexOf(told) >= 0)
                .count();
    }

    private void step(SelectionKey key) {
        Watcher watcher = (Watcher) key.attachment();
        try {
            if (key.isConnectable() && watcher.channel.finishConnect()) {
                key.interestOps(SelectionKey.OP_READ);
                watcher.channel.write(ByteBuffer.wrap(request));
            } else if (key.isReadable()) {
                read(watcher);
            }
        } catch (IOException e) {
            throw new AssertionError("after " + watcher.told, e);
        }
    }

    private void read(Watcher watcher) throws IOException {
        some.clear();
        int bytes = watcher.channel.read(some);
        if (bytes < 0) {
            throw new IOException("the door has ended the stream");
        }
        watcher.told.append(new String(some.array(), 0, bytes, StandardCharsets.UTF_8));
    }

    /** What one of them has been told that has not been told this so often; null if there is none. */
    @Nullable
    String deviating(String told, int times) {
        return watchers.stream()
                .map(watcher -> watcher.told.toString())
                .filter(all -> all.split(told, -1).length - 1 != times)
                .findAny()
                .orElse(null);
    }

    /** All leave, without a word. */
    @Override
    public void close() throws IOException {
        for (Watcher watcher : watchers) {
            watcher.channel.close();
        }
        watchers.clear();
        selector.close();
    }
}
