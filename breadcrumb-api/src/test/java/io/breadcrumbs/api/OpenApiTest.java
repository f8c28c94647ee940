package io.breadcrumbs.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.api.http.Needs;
import io.breadcrumbs.api.http.Role;
import io.breadcrumbs.api.security.SecuritySettings;
import io.breadcrumbs.sdk.condition.CelConditions;
import io.breadcrumbs.sdk.tool.Values;
import io.breadcrumbs.sdk.workflow.definition.Definitions;
import io.breadcrumbs.sdk.workflow.definition.Fault;
import io.micronaut.http.HttpMethod;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The OpenAPI document is what the door does. */
class OpenApiTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern CURL = Pattern.compile("(?s)(?<=^|\\n)curl .*?(?=\\ncurl |\\n#|$)");
    private static final Pattern FENCED = Pattern.compile("(?s)```\\w*\\n(.*?)```");
    private static final Pattern ADDRESS = Pattern.compile("(?:localhost|127\\.0\\.0\\.1):8080(/[^\\s'?\"]*)");

    private static Door door;
    private static JsonNode document;

    /** A route as the document has it. */
    private record Operation(String path, String method, JsonNode said) {

        String name() {
            return method.toUpperCase(Locale.ROOT) + " " + path;
        }

        Set<String> parameters(String in) {
            return elements(said.get("parameters"))
                    .map(one -> one.has("$ref") ? resolved(one.get("$ref").asText()) : one)
                    .filter(one -> one.get("in").asText().equals(in))
                    .map(one -> one.get("name").asText())
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        JsonNode body() {
            return said.at("/requestBody/content/application~1json/schema");
        }
    }

    @BeforeAll
    static void start() throws Exception {
        door = Door.start(
                new DoorSettings(0, "k:1", "http://r:2", "i", "1.2.3").withSecurity(SecuritySettings.OFF),
                new Nothing());
        document = Values.parse(ask("GET", "/openapi.json", "").body());
    }

    @AfterAll
    static void stop() {
        door.close();
        HTTP.close();
    }

    private static HttpResponse<String> ask(String method, String path, String body) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(door.url() + path))
                        .timeout(Duration.ofSeconds(10))
                        .method(method, BodyPublishers.ofString(body))
                        .header("Content-Type", "application/json")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static JsonNode resolved(String reference) {
        return document.at(reference.substring(1));
    }

    private static List<Operation> operations() {
        List<Operation> all = new ArrayList<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(one -> all.add(new Operation(path.getKey(), one.getKey(), one.getValue()))));
        return all;
    }

    private static List<UriRouteInfo<?, ?>> routes(boolean heads) {
        return List.copyOf(door.context()
                .getBean(Router.class)
                .uriRoutes()
                .filter(route -> heads == (route.getHttpMethod() == HttpMethod.HEAD))
                .toList());
    }

    private static String name(UriRouteInfo<?, ?> route) {
        return route.getHttpMethodName() + " " + route.getUriMatchTemplate().toPathString();
    }

    /** The address of an operation, with something in place of each variable. */
    private static String filled(Operation operation) {
        return operation.path().replaceAll("\\{[^}]*}", "x");
    }

    @Test
    void shouldHaveEveryRouteAndNothingElse() {
        assertThat(operations())
                .extracting(Operation::name)
                .containsExactlyInAnyOrderElementsOf(
                        routes(false).stream().map(OpenApiTest::name).distinct().toList());
        assertThat(routes(true))
                .allSatisfy(head -> assertThat(operations())
                        .extracting(Operation::name)
                        .contains(name(head).replaceFirst("HEAD", "GET")));
    }

    @Test
    void shouldSayOfEachWhoMayAndWhatMayComeOfIt() {
        for (UriRouteInfo<?, ?> route : routes(false)) {
            Operation operation = operations().stream()
                    .filter(one -> one.name().equals(name(route)))
                    .findFirst()
                    .orElseThrow();
            List<String> roles = route.getAnnotationMetadata().enumValue(Needs.class, Role.class).stream()
                    .map(Role::text)
                    .toList();

            assertThat(elements(operation.said().get("security"))
                            .map(one -> one.elements().next().get(0).asText())
                            .distinct())
                    .as(name(route))
                    .isEqualTo(roles);
            assertThat(operation.parameters("path"))
                    .containsExactlyInAnyOrderElementsOf(
                            route.getUriMatchTemplate().getVariableNames());
            assertThat(operation.said().get("responses").propertyStream().map(Map.Entry::getKey))
                    .contains("400", "404", "429", "503")
                    .containsAll(roles.isEmpty() ? List.of() : List.of("401", "403"));
        }
        assertThat(operations())
                .extracting(one -> one.said().get("operationId").asText())
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldReferOnlyToWhatIsThereAndHaveNothingThatNobodyRefersTo() {
        Set<String> referred = new HashSet<>();
        document.findValuesAsText("$ref").forEach(reference -> {
            assertThat(resolved(reference).isMissingNode()).as(reference).isFalse();
            referred.add(reference);
        });
        for (String kind : List.of("schemas", "parameters")) {
            assertThat(document.at("/components/" + kind).fieldNames())
                    .toIterable()
                    .allSatisfy(name -> assertThat(referred).contains("#/components/" + kind + "/" + name));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"docs/http.md", "docs/breadcrumbs.md", "docs/events.md", "docs/tools.md", "docs/security.md"})
    void shouldHaveWhatTheDocumentsShow(String file) throws Exception {
        List<String> examples = FENCED.matcher(Files.readString(Path.of("..").resolve(file)))
                .results()
                .map(fenced -> fenced.group(1))
                .flatMap(code -> CURL.matcher(code).results().map(MatchResult::group).toList().stream())
                .toList();

        assertThat(examples).isNotEmpty().allSatisfy(example -> {
            String path =
                    ADDRESS.matcher(example).results().findFirst().orElseThrow().group(1);
            String method = Pattern.compile("-X (\\w+)")
                    .matcher(example)
                    .results()
                    .findFirst()
                    .map(found -> found.group(1))
                    .orElse("GET");
            assertThat(operations())
                    .as(example)
                    .anyMatch(one -> one.method().equals(method.toLowerCase(Locale.ROOT))
                            && path.matches(one.path().replaceAll("\\{[^}]*}", "[^/]+")));
        });
    }

    @Test
    void shouldHaveTheFieldsThatBodiesMayHaveAndNoOther() throws Exception {
        List<Operation> strict = operations().stream()
                .filter(one -> one.body().has("properties"))
                .toList();
        assertThat(strict).hasSizeGreaterThanOrEqualTo(9);
        for (Operation one : strict) {
            HttpResponse<String> refused = ask(one.method().toUpperCase(Locale.ROOT), filled(one), "{\"nobody\": 1}");
            assertThat(refused.statusCode()).as(one.name()).isEqualTo(400);
            assertThat(refused.body()).contains("nobody: expected a field that is known");
            assertThat(one.body().get("additionalProperties").asBoolean(true)).isFalse();
            for (String field : List.copyOf(one.body()
                    .get("properties")
                    .propertyStream()
                    .map(Map.Entry::getKey)
                    .toList())) {
                assertThat(ask(one.method().toUpperCase(Locale.ROOT), filled(one), "{\"" + field + "\": null}")
                                .body())
                        .as("%s %s", one.name(), field)
                        .doesNotContain("expected a field that is known");
            }
        }
    }

    /** What it says to an address with these parameters. */
    private static HttpResponse<String> asked(Operation one, String parameters) throws Exception {
        String body = one.body().isMissingNode() ? "" : "{}";
        return ask(one.method().toUpperCase(Locale.ROOT), filled(one) + "?" + parameters, body);
    }

    @Test
    void shouldRefuseEveryParameterThatARouteDoesNotHave() throws Exception {
        for (Operation one : operations()) {
            HttpResponse<String> refused = asked(one, "nobody=1");
            Set<String> known = one.parameters("query");

            assertThat(refused.statusCode()).as(one.name()).isEqualTo(400);
            assertThat(refused.body())
                    .as(one.name())
                    .contains("nobody: expected "
                            + (known.isEmpty() ? "no parameter" : "a parameter among " + known + ","));
        }
        for (UriRouteInfo<?, ?> head : routes(true)) {
            String path = head.getUriMatchTemplate().toPathString().replaceAll("\\{[^}]*}", "x");
            assertThat(ask("HEAD", path + "?nobody=1", "").statusCode())
                    .as(path)
                    .isEqualTo(400);
        }
    }

    @Test
    void shouldTakeEveryParameterThatARouteHas() throws Exception {
        assertThat(operations().stream().filter(one -> one.parameters("query").contains("seen")))
                .hasSizeGreaterThan(4);
        for (Operation one : operations()) {
            for (String name : one.parameters("query")) {
                assertThat(asked(one, name + "=1").body())
                        .as("%s %s", one.name(), name)
                        .doesNotContain("expected a parameter", "expected no parameter");
            }
        }
    }

    private static Set<String> known(String workflow) {
        Definitions.Outcome outcome = Definitions.parse(workflow, new CelConditions());
        return ((Definitions.Outcome.Invalid) outcome)
                .faults().stream()
                        .filter(fault -> fault.code() == Fault.Code.UNKNOWN_FIELD)
                        .map(fault -> fault.message().replaceFirst("(?s).* only (.*?)(;.*|\\(.*|)$", "$1"))
                        .flatMap(names -> Arrays.stream(names.split("[, ?]+")))
                        .collect(Collectors.toSet());
    }

    @Test
    void shouldHaveTheFieldsOfWorkflowsAndSteps() {
        Set<String> ofSteps = new HashSet<>();
        for (String kind : List.of("tool", "workflow", "map", "choice", "wait", "approval", "role")) {
            ofSteps.addAll(known("{\"steps\": [{\"id\": \"a\", \"" + kind + "\": {}, \"n0b0dy\": 1}]}"));
        }

        assertThat(known("{\"steps\": [{\"tool\": \"t\"}], \"n0b0dy\": 1}")).isEqualTo(fields("Workflow"));
        assertThat(ofSteps).isEqualTo(fields("Step"));
    }

    private static Set<String> fields(String schema) {
        return document.at("/components/schemas/" + schema + "/properties")
                .propertyStream()
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    @Test
    void shouldServeAPageThatNeedsNothingFromElsewhere() throws Exception {
        HttpResponse<String> page = ask("GET", "/docs", "");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'", "script-src 'self';"));
        List<String> parts = Pattern.compile("(?:src|href)=\"([^\"]*)\"")
                .matcher(page.body())
                .results()
                .map(found -> found.group(1))
                .filter(address -> !address.startsWith("data:"))
                .toList();
        assertThat(parts).hasSize(3);
        for (String part : parts) {
            assertThat(part).startsWith("/docs/");
            assertThat(ask("GET", part, "").statusCode()).as(part).isEqualTo(200);
        }
        assertThat(ask("GET", "/docs/page.html2", "").statusCode()).isEqualTo(404);
    }
}
