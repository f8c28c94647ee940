package io.breadcrumbs.api.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.http.Needs;
import io.breadcrumbs.api.http.Role;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.MediaType;
import io.micronaut.management.endpoint.health.HealthEndpoint;
import io.micronaut.web.router.MethodBasedRouteInfo;
import io.micronaut.web.router.UriRouteInfo;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes the OpenAPI document of routes. A route that does not say what it does is a fault of its author. */
final class OpenApi {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern IN_PATH = Pattern.compile("\\{([^}]+)}");
    private static final List<Integer> USUAL_PROBLEMS = List.of(400, 403, 404, 406, 413, 415, 429, 500, 503);

    private final Described described = new Described();
    private final String version;

    OpenApi(String version) {
        this.version = version;
    }

    /** The document of these routes. That HEAD is answered where GET is goes without saying. */
    ObjectNode of(List<UriRouteInfo<?, ?>> routes) {
        ObjectNode document = NODES.objectNode().put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Breadcrumbs")
                .put("version", version)
                .put(
                        "description",
                        "The HTTP door of the platform: runs, breadcrumbs, tools, events, webhooks and MCP. Every error is a"
                                + " problem document (RFC 9457).")
                .putObject("license")
                .put("name", "Apache-2.0")
                .put("identifier", "Apache-2.0");
        document.putArray("servers").addObject().put("url", "/");
        ObjectNode paths = document.putObject("paths");
        routes.stream()
                .filter(route -> route.getHttpMethod() != HttpMethod.HEAD)
                .sorted(Comparator.comparing(OpenApi::path).thenComparing(UriRouteInfo::getHttpMethodName))
                .forEach(route -> {
                    String path = path(route);
                    ObjectNode operations = paths.has(path) ? (ObjectNode) paths.get(path) : paths.putObject(path);
                    operations.set(route.getHttpMethodName().toLowerCase(Locale.ROOT), operation(route));
                });
        ObjectNode components = document.putObject("components");
        described.into(components);
        ObjectNode security = components.putObject("securitySchemes");
        security.putObject("bearer")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "A key of the platform, or a token. Not needed while security is off.");
        security.putObject("key").put("type", "apiKey").put("in", "header").put("name", "X-API-Key");
        return document;
    }

    private static String path(UriRouteInfo<?, ?> route) {
        return route.getUriMatchTemplate().toPathString();
    }

    private ObjectNode operation(UriRouteInfo<?, ?> route) {
        @Nullable
        Role role =
                route.getAnnotationMetadata().enumValue(Needs.class, Role.class).orElse(null);
        Does does = does(route);
        ObjectNode operation = NODES.objectNode();
        operation.putArray("tags").add(tag(path(route)));
        operation
                .put("operationId", id(route))
                .put("summary", does.value())
                .put("description", role == null ? "Anybody may." : "Needs the role " + role.text() + ".");
        secure(operation, role);
        ArrayNode parameters = operation.putArray("parameters");
        Matcher named = IN_PATH.matcher(path(route));
        while (named.find()) {
            parameters
                    .addObject()
                    .put("name", named.group(1))
                    .put("in", "path")
                    .put("required", true)
                    .putObject("schema")
                    .put("type", "string")
                    .put("minLength", 1);
        }
        Arrays.stream(does.parameters()).map(described::parameter).forEach(parameters::add);
        if (role != null) {
            parameters.add(described.parameter(Caller.WORKSPACE)).add(described.parameter(Caller.AGENT));
        }
        JsonNode body = body(does);
        if (body != null) {
            operation
                    .putObject("requestBody")
                    .put("required", !does.bodyOptional())
                    .putObject("content")
                    .putObject(MediaType.APPLICATION_JSON)
                    .set("schema", body);
        }
        operation.set("responses", responses(route, does, role != null));
        return operation;
    }

    /** The roles that are needed stand in the requirement, as version 3.1 allows for every scheme. */
    private static void secure(ObjectNode operation, @Nullable Role role) {
        ArrayNode security = operation.putArray("security");
        if (role != null) {
            security.addObject().putArray("bearer").add(role.text());
            security.addObject().putArray("key").add(role.text());
        }
    }

    /** What a route says of itself. */
    static Does does(MethodBasedRouteInfo<?, ?> route) {
        if (route.getTargetMethod().getDeclaringType() == HealthEndpoint.class) {
            return Health.said();
        }
        Does does = route.getTargetMethod().getTargetMethod().getAnnotation(Does.class);
        if (does == null) {
            throw new IllegalStateException(route.getTargetMethod() + " does not say what it does: @Does(\"...\")");
        }
        return does;
    }

    private @Nullable JsonNode body(Does does) {
        if (does.body() != Void.class) {
            return Described.schema(does.body());
        }
        return does.takes().isEmpty() ? null : described.schema(does.takes());
    }

    private ObjectNode responses(UriRouteInfo<?, ?> route, Does does, boolean guarded) {
        ObjectNode responses = NODES.objectNode();
        for (int status : does.status()) {
            ObjectNode response = responses
                    .putObject(Integer.toString(status))
                    .put("description", status == 202 ? "Not yet" : "Done");
            if (!does.answer().isEmpty() && status != 204) {
                ObjectNode content = response.putObject("content");
                types(route).forEach(type -> content.putObject(type).set("schema", described.schema(does.answer())));
            }
        }
        TreeSet<Integer> problems = new TreeSet<>(USUAL_PROBLEMS);
        if (guarded) {
            problems.add(401);
        }
        problems.addAll(IntStream.of(does.problems()).boxed().toList());
        ObjectNode problem = described.schema(does.problem());
        for (int status : problems) {
            if (!responses.has(Integer.toString(status))) {
                responses
                        .putObject(Integer.toString(status))
                        .put("description", "A problem")
                        .putObject("content")
                        .putObject("application/problem+json")
                        .set("schema", problem);
            }
        }
        return responses;
    }

    private static List<String> types(UriRouteInfo<?, ?> route) {
        List<MediaType> produced = route.getProduces();
        return produced.contains(MediaType.ALL_TYPE)
                ? List.of(MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM)
                : produced.stream().map(MediaType::getName).distinct().toList();
    }

    private static String tag(String path) {
        String[] parts = path.split("/", -1);
        return parts[parts[1].equals("api") ? 2 : 1];
    }

    private static String id(UriRouteInfo<?, ?> route) {
        String owner =
                route.getTargetMethod().getDeclaringType().getSimpleName().replaceFirst("(Controller|Endpoint)$", "");
        String method = route.getTargetMethod().getMethodName();
        String several = route.getTargetMethod().getDeclaringType() == HealthEndpoint.class
                        && path(route).contains("{")
                ? "One"
                : "";
        return owner.substring(0, 1).toLowerCase(Locale.ROOT)
                + owner.substring(1)
                + method.substring(0, 1).toUpperCase(Locale.ROOT)
                + method.substring(1)
                + several;
    }
}
