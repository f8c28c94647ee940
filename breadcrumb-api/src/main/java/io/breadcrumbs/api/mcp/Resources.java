package io.breadcrumbs.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.mcp.session.Exchange;
import io.breadcrumbs.api.mcp.session.Revision;
import io.breadcrumbs.api.mcp.session.Rpc;
import io.breadcrumbs.api.mcp.session.RpcException;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.api.rest.BreadcrumbStore;
import io.breadcrumbs.api.rest.Shapes;
import io.breadcrumbs.api.runs.RunDesk;
import io.breadcrumbs.api.runs.RunShapes;
import io.breadcrumbs.api.runs.view.RunLine;
import io.breadcrumbs.api.view.Filter;
import io.breadcrumbs.api.view.Page;
import io.breadcrumbs.api.view.Seen;
import io.breadcrumbs.schemas.Breadcrumb;
import io.breadcrumbs.schemas.Selector;
import io.breadcrumbs.sdk.selector.Selection;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.ListResourceTemplatesResult;
import io.modelcontextprotocol.spec.McpSchema.ListResourcesResult;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.Resource;
import io.modelcontextprotocol.spec.McpSchema.ResourceTemplate;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Breadcrumbs and histories of runs as resources of the caller's workspace. Blocks. */
final class Resources {

    private static final String JSON = "application/json";
    private static final String BREADCRUMB = "breadcrumb://";
    private static final String RUN_TEMPLATE = "run://{id}/history{?from}";
    private static final Pattern HISTORY = Pattern.compile("run://([^/?]+)/history(?:\\?from=(\\d{1,9}))?");
    private static final int PAGE = 100;
    private static final int EVENTS = 500;

    private final BreadcrumbStore breadcrumbs;
    private final RunDesk runs;

    Resources(BreadcrumbStore breadcrumbs, RunDesk runs) {
        this.breadcrumbs = breadcrumbs;
        this.runs = runs;
    }

    /** The newest breadcrumbs, a page of them. */
    ObjectNode list(Exchange exchange) {
        JsonNode cursor = exchange.request().params().path("cursor");
        if (!cursor.isMissingNode() && !cursor.isNull() && !cursor.isTextual()) {
            throw RpcException.answer(
                    ErrorCodes.INVALID_PARAMS, "params.cursor: expected a text, got " + cursor.getNodeType());
        }
        Filter all = Filter.of(
                BreadcrumbStore.viewer(exchange.caller()),
                Selection.of(Selector.newBuilder().build()));
        Page page = breadcrumbs.find(all, PAGE, cursor.textValue(), breadcrumbs.now());
        List<Resource> resources =
                page.breadcrumbs().stream().map(Resources::resource).toList();
        return Rpc.json(
                ListResourcesResult.builder(resources).nextCursor(page.cursor()).build());
    }

    private static Resource resource(Breadcrumb one) {
        String id = one.getMeta().getId();
        String title = one.getMeta().getTitle();
        Resource.Builder resource = Resource.builder(BREADCRUMB + encoded(id), id)
                .description(one.getMeta().getSchemaName())
                .mimeType(JSON);
        return (title == null ? resource : resource.title(title)).build();
    }

    static ObjectNode templates() {
        return Rpc.json(ListResourceTemplatesResult.builder(List.of(
                        ResourceTemplate.builder(BREADCRUMB + "{id}", "breadcrumb")
                                .description("A breadcrumb of the workspace, as its hints say that models read it.")
                                .mimeType(JSON)
                                .build(),
                        ResourceTemplate.builder(RUN_TEMPLATE, "run history")
                                .description("What has happened in a run, event by event; 'next' says where to go on.")
                                .mimeType(JSON)
                                .build()))
                .build());
    }

    ObjectNode read(Exchange exchange) {
        String uri = exchange.request().text("uri");
        String text;
        try {
            text = text(exchange.caller(), uri);
        } catch (ProblemException e) {
            if (e.problem().code() == ProblemCode.NOT_FOUND) {
                throw missing(exchange, e.problem().detail());
            }
            throw e;
        }
        if (text == null) {
            throw missing(exchange, "expected " + BREADCRUMB + "{id} or " + RUN_TEMPLATE + ", got " + uri);
        }
        return Rpc.json(ReadResourceResult.builder(List.of(
                        TextResourceContents.builder(uri, text).mimeType(JSON).build()))
                .build());
    }

    private @Nullable String text(Caller caller, String uri) {
        if (uri.startsWith(BREADCRUMB)) {
            return Shapes.context(breadcrumbs.get(caller, decoded(uri.substring(BREADCRUMB.length())), Seen.NOTHING))
                    .toString();
        }
        Matcher run = HISTORY.matcher(uri);
        if (run.matches()) {
            RunLine line = runs.line(caller, decoded(run.group(1)));
            String from = run.group(2);
            return RunShapes.history(runs, line, from == null ? 0 : Integer.parseInt(from), EVENTS)
                    .toString();
        }
        return null;
    }

    /** As in a path, where a plus sign stands for itself. */
    private static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String decoded(String id) {
        try {
            return URLDecoder.decode(id.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return id; // a percent sign that stands for itself
        }
    }

    private static RpcException missing(Exchange exchange, String message) {
        int code =
                exchange.revision() == Revision.STATELESS ? ErrorCodes.INVALID_PARAMS : ErrorCodes.RESOURCE_NOT_FOUND;
        return RpcException.answer(code, message);
    }
}
