package io.breadcrumbs.api.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpRequestWrapper;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;

/**
 * Notices that a caller goes away before the answer. Micronaut tells nobody of that as long as nothing is being
 * written: only the connection knows.
 */
public final class Departure {

    private Departure() {}

    /**
     * Runs the task when the request's connection ends, on its event loop, which it must not block.
     *
     * @return takes it back: to be run when the answer is there, since a connection outlives many requests
     */
    public static Runnable watch(HttpRequest<?> request, Runnable task) {
        HttpRequest<?> plain = request;
        while (plain instanceof HttpRequestWrapper<?> wrapper) {
            plain = wrapper.getDelegate();
        }
        if (!(plain instanceof NettyHttpRequest<?> netty)) {
            throw new IllegalStateException("expected a request of the Netty server, got " + plain.getClass());
        }
        ChannelFuture closed = netty.getChannelHandlerContext().channel().closeFuture();
        ChannelFutureListener listener = _ -> task.run();
        closed.addListener(listener);
        return () -> closed.removeListener(listener);
    }
}
