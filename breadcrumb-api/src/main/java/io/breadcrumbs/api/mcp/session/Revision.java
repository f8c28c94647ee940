package io.breadcrumbs.api.mcp.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.util.List;
import java.util.Set;

/** The two ways of the protocol: with sessions up to 2025-11-25, without any from 2026-07-28 on. */
public enum Revision {
    SESSIONS,
    STATELESS;

    /** The revision that knows no sessions. */
    public static final String NEWEST = "2026-07-28";

    /** Those with sessions over streamable HTTP, the newest first. */
    private static final List<String> WITH_SESSIONS =
            List.of(ProtocolVersions.MCP_2025_11_25, ProtocolVersions.MCP_2025_06_18, ProtocolVersions.MCP_2025_03_26);

    private static final Set<String> CACHEABLE =
            Set.of("server/discover", "tools/list", "resources/list", "resources/templates/list", "resources/read");
    private static final long FRESH_MS = 0;

    /** All that a client may choose from, the newest first. */
    public static ArrayNode all() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode().add(NEWEST);
        WITH_SESSIONS.forEach(all::add);
        return all;
    }

    public static boolean isKnown(String version) {
        return version.equals(NEWEST) || WITH_SESSIONS.contains(version);
    }

    /** The version of a session for a client that asks for one: that one, or the newest that there is. */
    public static String negotiated(String asked) {
        return WITH_SESSIONS.contains(asked) ? asked : WITH_SESSIONS.getFirst();
    }

    /** A result as the revision wants it. */
    public ObjectNode dressed(String method, ObjectNode result, ObjectNode server) {
        if (this == SESSIONS) {
            return result;
        }
        if (!result.has("resultType")) {
            result.put("resultType", "complete");
        }
        result.withObjectProperty("_meta").set("io.modelcontextprotocol/serverInfo", server);
        if (CACHEABLE.contains(method)) {
            result.put("ttlMs", FRESH_MS).put("cacheScope", "private");
        }
        return result;
    }
}
