package io.breadcrumbs.api.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.breadcrumbs.api.mcp.session.Incoming;
import io.breadcrumbs.api.mcp.session.Revision;
import io.breadcrumbs.api.mcp.session.RpcException;
import io.micronaut.http.HttpRequest;
import io.modelcontextprotocol.spec.HttpHeaders;
import io.modelcontextprotocol.spec.McpSchema;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What the headers of a request must say: the same as its body. Where it comes from is looked at before. */
final class Headers {

    private static final String METHOD = "Mcp-Method";
    private static final String NAME = "Mcp-Name";
    private static final String ENCODED = "=?base64?";
    private static final String END = "?=";

    private static final int BAD_REQUEST = 400;
    /** Codes that the protocol has since 2026-07-28. */
    private static final int MISMATCH = -32020;

    private static final int UNSUPPORTED = -32022;

    private Headers() {}

    static boolean acceptsEvents(HttpRequest<?> request) {
        return request.getHeaders().getAll("Accept").stream().anyMatch(one -> one.contains("text/event-stream"));
    }

    /** By which revision a message is to be answered; one that contradicts itself is refused. */
    static Revision revision(HttpRequest<?> request, Incoming message) {
        String header = request.getHeaders().get(HttpHeaders.PROTOCOL_VERSION);
        String inBody = message.meta().path(Incoming.VERSION).textValue();
        for (String version : new @Nullable String[] {header, inBody}) {
            if (version != null && !Revision.isKnown(version)) {
                throw unsupported(version);
            }
        }
        if (!Revision.NEWEST.equals(header) && !Revision.NEWEST.equals(inBody)) {
            return Revision.SESSIONS;
        }
        if (message.isRequest()) {
            check(request, HttpHeaders.PROTOCOL_VERSION, String.valueOf(inBody));
            check(request, METHOD, message.method());
            switch (message.method()) {
                case McpSchema.METHOD_TOOLS_CALL -> check(request, NAME, message.text("name"));
                case McpSchema.METHOD_RESOURCES_READ -> check(request, NAME, message.text("uri"));
                default -> {} // the others have none
            }
        }
        return Revision.STATELESS;
    }

    private static RpcException unsupported(String version) {
        var data = JsonNodeFactory.instance.objectNode();
        data.set("supported", Revision.all());
        data.put("requested", version);
        return RpcException.refusal(
                        BAD_REQUEST,
                        UNSUPPORTED,
                        "expected a version of the protocol that is supported, got " + version)
                .with(data);
    }

    private static void check(HttpRequest<?> request, String name, String expected) {
        String said = request.getHeaders().get(name);
        if (said == null || !decoded(said).equals(expected)) {
            throw RpcException.refusal(
                    BAD_REQUEST,
                    MISMATCH,
                    "header " + name + ": expected '" + expected + "' as in the body, got "
                            + (said == null ? "none" : "'" + said + "'"));
        }
    }

    private static String decoded(String value) {
        if (!value.startsWith(ENCODED) || !value.endsWith(END)) {
            return value;
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(value.substring(ENCODED.length(), value.length() - END.length()));
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }
}
