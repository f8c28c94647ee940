package io.breadcrumbs.local.requirements;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Requests made of an OpenAPI document: right ones, with some of their parts replaced. The same seed, the same one. */
final class Probes {

    private static final Pattern VARIABLE = Pattern.compile("\\{[^}]+}");
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "OPTIONS", "TRACE", "BREW");
    private static final List<String> TYPES = List.of(
            "text/plain", "application/xml", "application/json; charset=utf-16", "nonsense", "", "multipart/form-data");

    /** What is there, so that not every request ends at the first door. */
    private static final Map<String, List<String>> THERE = Map.of(
            "tools", List.of("nil", "give", "calculator", "random"),
            "workflows", List.of("known"),
            "runs", List.of("target", "open"),
            "invoke", List.of("target"),
            "invoke-status", List.of("target", "open"),
            "breadcrumbs", List.of("crumb"),
            "docs", List.of("page.js"),
            "health", List.of("readiness", "liveness"));

    private final JsonNode document;
    private final List<Operation> operations = new ArrayList<>();
    private final int bodyBytes;

    /** @param bodyBytes that a body may have */
    Probes(JsonNode document, int bodyBytes) {
        this.document = document;
        this.bodyBytes = bodyBytes;
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(one -> operations.add(
                                new Operation(path.getKey(), one.getKey().toUpperCase(Locale.ROOT), one.getValue()))));
    }

    record Operation(String path, String method, JsonNode said) {}

    /**
     * A request.
     *
     * @param operation that is meant
     * @param whole whether it still comes to that
     * @param legible whether it is HTTP, within the bounds of the server
     */
    record Probe(
            Operation operation,
            String method,
            String target,
            List<String> headers,
            @SuppressWarnings("ArrayRecordComponent") byte[] body, // goes out once
            boolean whole,
            boolean legible) {

        @Override
        public String toString() {
            String text = new String(body, StandardCharsets.UTF_8);
            return method + " " + shortened(target) + " " + shortened(headers.toString()) + " " + shortened(text);
        }

        private static String shortened(String text) {
            return text.length() < 300 ? text : text.substring(0, 300) + "... (" + text.length() + ")";
        }
    }

    Probe probe(int number) {
        Draft draft = new Draft(new Random(number * 1_000_003L), operations.get(number % operations.size()));
        int spoilt = 1 + draft.random.nextInt(3);
        for (int i = 0; i < spoilt; i++) {
            draft.spoil();
        }
        return draft.probe();
    }

    private JsonNode resolved(JsonNode said) {
        return said.has("$ref") ? document.at(said.get("$ref").asText().substring(1)) : said;
    }

    /** A request that is being spoilt. */
    private final class Draft {

        private final Random random;
        private final Operation operation;
        private final List<String> path;
        private final List<String> query = new ArrayList<>();
        private final List<String> headers = new ArrayList<>();
        private final List<JsonNode> known;
        private String method;
        private String type = "application/json";
        private byte[] body;
        private boolean whole = true;
        private boolean legible = true;

        Draft(Random random, Operation operation) {
            this.random = random;
            this.operation = operation;
            this.method = operation.method();
            path = new ArrayList<>(List.of(operation.path().substring(1).split("/", -1)));
            String kind = path.get(path.getFirst().equals("api") ? 1 : 0);
            List<String> there = method.equals("DELETE") ? List.of("doomed") : THERE.getOrDefault(kind, List.of("x"));
            path.replaceAll(part -> VARIABLE.matcher(part).matches() ? Nasty.any(random, there) : part);
            known = StreamSupport.stream(operation.said().get("parameters").spliterator(), false)
                    .map(Probes.this::resolved)
                    .filter(one -> !one.get("in").asText().equals("path"))
                    .toList();
            known.stream()
                    .filter(one -> one.get("name").asText().matches("wait|timeout|limit"))
                    .forEach(one -> query.add(one.get("name").asText() + "=" + usual(one)));
            headers.add("Accept: " + (operation.path().equals("/mcp") ? "application/json, text/event-stream" : "*/*"));
            body = good().getBytes(StandardCharsets.UTF_8);
        }

        private static String usual(JsonNode parameter) {
            return parameter.has("example")
                    ? parameter.get("example").asText()
                    : parameter.at("/schema/minimum").asText("x");
        }

        private JsonNode schema() {
            return operation.said().at("/requestBody/content/application~1json/schema");
        }

        private String good() {
            return schema().isMissingNode() ? "" : Bodies.good(random, operation, resolved(schema()));
        }

        void spoil() {
            switch (random.nextInt(schema().isMissingNode() ? 7 : 14)) {
                case 0, 1 -> spoilPath();
                case 2, 3 -> spoilQuery();
                case 4, 5 -> spoilHeader();
                case 6 -> spoilRest();
                case 7 -> body = Nasty.body(random, good());
                default -> body = Bodies.spoilt(random, good()).getBytes(StandardCharsets.UTF_8);
            }
        }

        private void spoilPath() {
            List<Integer> variables = new ArrayList<>();
            String[] parts = operation.path().substring(1).split("/", -1);
            for (int i = 0; i < parts.length; i++) {
                if (VARIABLE.matcher(parts[i]).matches()) {
                    variables.add(i);
                }
            }
            int at = variables.isEmpty() ? random.nextInt(path.size()) : Nasty.any(random, variables);
            String text = Nasty.text(random);
            boolean raw = random.nextInt(6) == 0;
            path.set(at, raw ? text.replace(' ', '+') : encoded(text));
            whole = false;
            legible &= !raw;
        }

        private void spoilQuery() {
            List<JsonNode> named = known.stream()
                    .filter(one -> one.get("in").asText().equals("query"))
                    .toList();
            String name = named.isEmpty() || random.nextInt(8) == 0
                    ? encoded(Nasty.text(random))
                    : Nasty.any(random, named).get("name").asText();
            if (!name.equals("wait") || random.nextInt(4) == 0) {
                query.removeIf(one -> one.startsWith(name + "="));
            }
            query.add(name + "=" + encoded(Nasty.text(random)));
        }

        private void spoilHeader() {
            List<JsonNode> named = known.stream()
                    .filter(one -> one.get("in").asText().equals("header"))
                    .toList();
            String name = named.isEmpty() || random.nextInt(5) == 0
                    ? Nasty.any(
                            random, List.of("Accept", "Origin", "Cookie", "Authorization", "Range", "Accept-Language"))
                    : Nasty.any(random, named).get("name").asText();
            String value = Nasty.text(random).replaceAll("[\r\n]", " ");
            headers.removeIf(one -> one.startsWith(name + ":"));
            headers.add(name + ": " + value);
            legible &= value.chars().allMatch(one -> one >= ' ' && one < 127);
        }

        private void spoilRest() {
            switch (random.nextInt(8)) {
                case 0, 1 -> type = Nasty.any(random, TYPES);
                case 2, 3 -> {
                    method = Nasty.any(random, METHODS);
                    whole = false;
                }
                case 4 -> tooLarge();
                case 5 -> headers.add("Content-Encoding: " + Nasty.any(random, List.of("gzip", "br", "deflate", "x")));
                case 6 -> headers.add("Expect: " + Nasty.any(random, List.of("100-continue", "200-ok")));
                default -> headers.add("X-Forwarded-For: " + "a, ".repeat(random.nextInt(200)));
            }
        }

        private void tooLarge() {
            legible = false;
            switch (random.nextInt(12)) {
                case 0 -> body = ("\"" + "x".repeat(bodyBytes) + "\"").getBytes(StandardCharsets.UTF_8);
                case 1, 2, 3 -> query.add("q=" + "x".repeat(8_200));
                case 4, 5, 6 -> headers.add("X-Large: " + "x".repeat(33_000));
                default -> headers.addAll(java.util.Collections.nCopies(4_000, "X-Many: 1"));
            }
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        }

        Probe probe() {
            String target = "/" + String.join("/", path) + (query.isEmpty() ? "" : "?" + String.join("&", query));
            if (body.length > 0) {
                headers.add("Content-Type: " + type);
            }
            return new Probe(operation, method, target, List.copyOf(headers), body, whole, legible);
        }
    }

    /** Bodies as schemas have them. */
    static final class Bodies {

        private static final Pattern VALUE =
                Pattern.compile("(?<=[:\\[,] )(?:\"[^\"]*\"|-?\\d+(?:\\.\\d+)?|true|false|null)");

        private Bodies() {}

        static String good(Random random, Operation operation, JsonNode schema) {
            if (schema.has("examples")) {
                return schema.get("examples").get(0).toPrettyString();
            }
            return switch (operation.path()) {
                case "/mcp" ->
                    "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \""
                            + Nasty.any(
                                    random, List.of("initialize", "tools/list", "tools/call", "resources/read", "ping"))
                            + "\", \"params\": {\"name\": \"nil\", \"arguments\": {}, \"uri\": \"run://target/history\"}}";
                case "/breadcrumbs/bulk" ->
                    "[{\"schema_name\": \"fuzz.v1\", \"title\": \"a\", \"context\": {\"a\": 1}}]";
                case "/api/tools/{name}" -> "{\"key\": \"a\", \"expression\": \"1 + 1\", \"min\": 1}";
                case "/breadcrumbs/{id}", "/breadcrumbs/{id}/merge" ->
                    object(random, schema).remove(List.of("id", "schema_name")).toPrettyString();
                default -> object(random, schema).toPrettyString();
            };
        }

        private static ObjectNode object(Random random, JsonNode schema) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            schema.path("properties").properties().forEach(one -> {
                boolean required = StreamSupport.stream(schema.path("required").spliterator(), false)
                        .anyMatch(name -> name.asText().equals(one.getKey()));
                if (required || random.nextInt(3) > 0) {
                    object.set(one.getKey(), value(random, one.getKey(), one.getValue()));
                }
            });
            return object;
        }

        private static JsonNode value(Random random, String name, JsonNode schema) {
            JsonNodeFactory nodes = JsonNodeFactory.instance;
            return switch (schema.path("type").asText()) {
                case "string" -> nodes.textNode(name.equals("id") ? "fuzz-" + random.nextInt(1_000) : text(name));
                case "integer" -> nodes.numberNode(1 + random.nextInt(9));
                case "number" -> nodes.numberNode(0.5);
                case "boolean" -> nodes.booleanNode(random.nextBoolean());
                case "array" -> nodes.arrayNode().add(value(random, name, schema.path("items")));
                case "object" -> object(random, schema);
                default -> nodes.objectNode().put("a", 1).put("b", "c");
            };
        }

        private static String text(String name) {
            return switch (name) {
                case "expires" -> "720h";
                case "ttl", "from", "to" -> "2040-01-01T00:00:00Z";
                case "op", "operator" -> "eq";
                case "visibility" -> "workspace";
                case "decision" -> "approve";
                case "roles" -> "subscriber";
                case "value" -> "a word that is long enough";
                case "url" -> "https://example.invalid/in";
                default -> "word";
            };
        }

        /** With one of its values, or names, replaced. */
        static String spoilt(Random random, String good) {
            String spaced = good.replace(" : ", ": ").replaceAll("\\s+", " ");
            Matcher values = VALUE.matcher(spaced);
            List<MatchResult> all = values.results().toList();
            if (all.isEmpty()) {
                return Nasty.value(random);
            }
            MatchResult one = Nasty.any(random, all);
            String value =
                    random.nextInt(6) == 0 ? "1, " + Nasty.quoted(Nasty.text(random)) + ": 2" : Nasty.value(random);
            return spaced.substring(0, one.start()) + value + spaced.substring(one.end());
        }
    }
}
