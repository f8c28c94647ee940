package io.breadcrumbs.runner.provider.mcp.channel;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Messages to and from the process of a server, one a line. The library's own transport does not say when the process
 * has died: whoever waits for an answer then waits in vain.
 */
public final class ProcessChannel implements Channel {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessChannel.class);

    private final ServerProcess process;
    private final McpJsonMapper json;
    private final Consumer<String> lost;

    /** @param lost told once why the channel is over */
    public ProcessChannel(ServerProcess process, McpJsonMapper json, Consumer<String> lost) {
        this.process = process;
        this.json = json;
        this.lost = lost;
    }

    @Override
    public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        return Mono.fromRunnable(() -> process.run(line -> take(line, handler), lost));
    }

    private void take(String line, Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        JSONRPCMessage message;
        try {
            message = McpSchema.deserializeJsonRpcMessage(json, line);
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("passed over {} characters that are no message", line.length());
            return;
        }
        handler.apply(Mono.just(message)).toFuture().whenComplete((_, failure) -> {
            if (failure != null) {
                LOG.warn("a message was not handled", failure);
            }
        });
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        return Mono.fromCallable(() -> {
            process.send(json.writeValueAsString(message));
            return null;
        });
    }

    @Override
    public void abandon(Object requestId) {
        // nothing is kept for a request
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.fromRunnable(process::close);
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return json.convertValue(data, type);
    }
}
