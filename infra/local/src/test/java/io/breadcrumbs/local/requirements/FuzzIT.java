package io.breadcrumbs.local.requirements;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.local.requirements.Probes.Probe;
import io.breadcrumbs.local.requirements.RawHttp.Answer;
import io.breadcrumbs.sdk.tool.JsonShape;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.Values;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand requests that nobody should send, made of the door's OpenAPI document. */
@Timeout(300)
class FuzzIT {

    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 10_000);
    private static final int AT_ONCE = 8;
    private static final int BODY_BYTES = 20 << 20;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** A tool that failed, or was too slow, is none of the door's faults; nor is one that nobody knows the end of. */
    private static final Set<String> OF_TOOLS = Set.of("tool-failed", "timeout", "tool-outcome-unknown");

    @TempDir
    static Path data;

    private static Stand stand;
    private static Web web;
    private static JsonNode document;

    private final Map<String, JsonShape> shapes = new ConcurrentHashMap<>();
    private final Map<String, Queue<String>> faults = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();
    private final Set<String> started = ConcurrentHashMap.newKeySet();

    @BeforeAll
    static void start() throws Exception {
        stand = new Stand(data.resolve("data"));
        web = new Web(stand.platform.state().url());
        document = web.get("/openapi.json").json();
    }

    @AfterAll
    static void stop() {
        web.close();
        stand.close();
    }

    @Test
    void shouldBearWhatNobodyShouldSend() throws Exception {
        for (String run : List.of("kept", "target", "doomed")) {
            stand.run(run, "[{\"id\": \"a\", \"tool\": \"give\", \"input\": {\"key\": \"k\"}}]", "{}");
        }
        web.post(
                "/api/invoke/async",
                "{\"threadId\": \"open\", \"steps\": [{\"id\": \"a\", \"wait\": {\"signal\": \"never\"}}]}");
        web.put("/api/workflows/known", "{\"steps\": [{\"id\": \"a\", \"tool\": \"nil\"}]}");
        for (String id : List.of("crumb", "kept", "doomed")) {
            web.post("/breadcrumbs", "{\"id\": \"" + id + "\", \"schema_name\": \"s.v1\", \"context\": {\"a\": 1}}");
        }
        String run = web.get("/api/runs/kept").response().body();
        String breadcrumb = web.get("/breadcrumbs/kept/full").response().body();

        ask();

        assertThat(faults.entrySet().stream()
                        .map(kind -> kind.getValue().size() + " x " + kind.getKey() + "\n"
                                + kind.getValue().stream().limit(3).collect(Collectors.joining("\n"))))
                .as("answers %s", new TreeMap<>(answers))
                .isEmpty();
        assertThat(answers.keySet())
                .contains("200", "201", "202", "400 invalid", "403 forbidden", "404 not-found", "405 method")
                .contains("409 state", "413 too-large", "415 media-type");
        assertThat(web.get("/health/readiness").status()).isEqualTo(200);
        assertThat(web.get("/api/runs/kept").response().body()).isEqualTo(run);
        assertThat(web.get("/breadcrumbs/kept/full").response().body()).isEqualTo(breadcrumb);
        assertThat(started)
                .hasSizeGreaterThan(10)
                .allSatisfy(id -> assertThat(
                                web.get("/api/invoke-status/status/" + id).status())
                        .isEqualTo(200));
    }

    private void ask() throws InterruptedException {
        Probes probes = new Probes(document, BODY_BYTES);
        RawHttp http = new RawHttp(stand.platform.state().url(), LIMIT);
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < AT_ONCE; i++) {
                hands.execute(() -> {
                    for (int number = next.getAndIncrement(); number < REQUESTS; number = next.getAndIncrement()) {
                        ask(http, number, probes.probe(number));
                    }
                });
            }
            hands.shutdown();
            assertThat(hands.awaitTermination(4, TimeUnit.MINUTES)).isTrue();
        }
    }

    private void ask(RawHttp http, int number, Probe probe) {
        String request = "  #" + number + " " + probe;
        try {
            Answer answer = http.send(probe.method(), probe.target(), probe.headers(), probe.body());
            String kind = answer.status() + " "
                    + (answer.status() < 400
                            ? ""
                            : json(answer.body()).path("code").asText());
            answers.computeIfAbsent(kind.strip(), _ -> new AtomicInteger()).incrementAndGet();
            String fault = fault(probe, answer);
            if (fault != null) {
                String body =
                        answer.body().substring(0, Math.min(500, answer.body().length()));
                note(answer.status() + ", " + fault, request + " -> " + answer.headers() + " " + body);
            }
        } catch (SocketTimeoutException e) {
            note("no answer in " + LIMIT, request);
        } catch (IOException | RuntimeException e) {
            note(e.toString(), request);
        }
    }

    private void note(String fault, String request) {
        faults.computeIfAbsent(fault, _ -> new ConcurrentLinkedQueue<>()).add(request);
    }

    /** What is wrong with an answer; null if nothing is. */
    private @Nullable String fault(Probe probe, Answer answer) {
        int status = answer.status();
        if (answer.headers().containsKey("x-injected")) {
            return "a header was injected";
        }
        if (status == 0) {
            return probe.legible() ? "cut off" : null;
        }
        if (status < 400) {
            return probe.whole() ? unlike(probe, answer) : null;
        }
        if (probe.method().equals("HEAD")) {
            return status >= 500 ? "an error of the server" : null;
        }
        return problem(probe, answer);
    }

    private @Nullable String problem(Probe probe, Answer answer) {
        int status = answer.status();
        if (!answer.header("content-type").startsWith("application/problem+json")) {
            boolean rpc = probe.target().startsWith("/mcp") && answer.body().contains("\"error\":{\"code\":");
            return rpc && status < 500 ? null : "no problem document";
        }
        JsonNode problem = json(answer.body());
        if (problem.path("status").asInt() != status || !problem.hasNonNull("detail") || !problem.hasNonNull("cure")) {
            return "a problem document with something missing";
        }
        if (status >= 500
                && !(status == 503 && answer.headers().containsKey("retry-after"))
                && !OF_TOOLS.contains(problem.path("code").asText())) {
            return "an error of the server";
        }
        if (Internals.areIn(answer.body())) {
            return "something internal is shown";
        }
        boolean described = probe.operation().said().get("responses").has(Integer.toString(status));
        return described || !probe.whole() || !probe.legible() ? null : "a status that is not described";
    }

    private static JsonNode json(String text) {
        try {
            return Values.parse(text);
        } catch (ToolFailure e) {
            return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
        }
    }

    /** How a good answer differs from what the document has. */
    private @Nullable String unlike(Probe probe, Answer answer) {
        JsonNode described = probe.operation().said().get("responses").path(Integer.toString(answer.status()));
        if (described.isMissingNode()) {
            return "a status that is not described";
        }
        String type = answer.header("content-type").replaceFirst(";.*", "");
        JsonNode content = described.path("content");
        if (content.isEmpty() || answer.body().isEmpty()) {
            return null;
        }
        if (!content.has(type)) {
            return "a media type that is not described";
        }
        if (!type.equals("application/json")) {
            return null;
        }
        JsonNode body = json(answer.body());
        boolean ours = probe.headers().stream().noneMatch(one -> one.startsWith("Breadcrumbs-Workspace"));
        if (ours && probe.operation().path().equals("/api/invoke/async")) {
            started.add(body.path("threadId").asText());
        }
        try {
            shape(content.at("/application~1json/schema/$ref").asText()).check(body);
            return null;
        } catch (ToolFailure e) {
            return "unlike its schema, " + e.getMessage();
        }
    }

    private JsonShape shape(String reference) {
        return shapes.computeIfAbsent(reference, _ -> {
            ObjectNode schema = JsonNodeFactory.instance.objectNode();
            schema.set("components", document.get("components"));
            try {
                return JsonShape.of(schema.put("$ref", reference).toString());
            } catch (ToolFailure e) {
                throw new IllegalStateException(reference, e);
            }
        });
    }
}
