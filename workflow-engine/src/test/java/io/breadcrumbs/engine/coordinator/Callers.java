package io.breadcrumbs.engine.coordinator;

import io.breadcrumbs.engine.memory.OpenCall;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.ToolError;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.schemas.wire.UndecodableException;
import io.breadcrumbs.sdk.Ask;
import io.breadcrumbs.sdk.bus.AnswerBy;
import io.breadcrumbs.sdk.log.Fetched;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who asks for tools without a run, of a pool that is served and of one that nobody serves; and what they are told. */
final class Callers {

    /** The requests that nobody takes. */
    static final Topic<ToolRequest> NOBODYS = Catalogue.toolRequest("nobody");

    private final EngineSimulation simulation;
    private final Consumer<String> bad;
    private final Map<String, ToolRequest> asked = new TreeMap<>();
    private final Map<String, List<ToolResponse>> answered = new TreeMap<>();

    Callers(EngineSimulation simulation, Consumer<String> bad) {
        this.simulation = simulation;
        this.bad = bad;
    }

    /** A request as the engine's processor takes it; null if it is a run's. */
    static @Nullable OpenCall watched(Fetched fetched) {
        byte[] header = fetched.record().others().stream()
                .filter(other -> other.name().equals(AnswerBy.HEADER))
                .map(other -> other.value())
                .findFirst()
                .orElse(null);
        long by = AnswerBy.read(header);
        String key = new String(Objects.requireNonNull(fetched.record().key()), StandardCharsets.UTF_8);
        return by == AnswerBy.NEVER
                ? null
                : new OpenCall(key, by, fetched.partition().topic(), fetched.offset());
    }

    void call() {
        List<EngineNode> able = simulation.nodes.stream().filter(EngineNode::up).toList();
        if (!able.isEmpty()) {
            EngineNode node = able.get(simulation.scheduler.random().nextInt(able.size()));
            Duration deadline =
                    Duration.ofMillis(20 + simulation.scheduler.random().nextInt(300));
            Ask ask = Ask.of("pure", "{}").within(deadline);
            node.bus().request(simulation.scheduler.chance(0.5) ? ask.inPool("nobody") : ask);
        }
    }

    /** A record stands in the log. */
    void appended(Fetched fetched) {
        byte[] value = fetched.record().value();
        String topic = fetched.partition().topic();
        try {
            if (value != null && topic.startsWith(Catalogue.TOOL_REQUEST.name())) {
                ToolRequest request = EngineSimulation.WIRE.decode(Catalogue.TOOL_REQUEST, value);
                if (request.getRunId() == null) {
                    asked.put(request.getRequestId(), request);
                }
            } else if (value != null && topic.equals(Catalogue.TOOL_RESPONSE.name())) {
                answered(EngineSimulation.WIRE.decode(Catalogue.TOOL_RESPONSE, value));
            }
        } catch (UndecodableException e) {
            bad.accept(topic + " cannot be read: " + e.getMessage());
        }
    }

    private void answered(ToolResponse answer) {
        answered.computeIfAbsent(answer.getRequestId(), _ -> new ArrayList<>()).add(answer); // also before its request
        ToolRequest request = asked.get(answer.getRequestId());
        ToolError error = answer.getError();
        if (request != null && error != null && error.getCode().equals("NO_ANSWER")) {
            boolean named =
                    error.getMessage().contains("'pure'") && error.getMessage().contains("'" + request.getPool() + "'");
            if (error.getKind() != ErrorKind.TIMEOUT || !named) {
                bad.accept("an answer does not say what was asked: " + error);
            }
            if (answer.getFinishedAtMs() < request.getDeadlineMs()) {
                bad.accept(answer.getRequestId() + " is over before its deadline");
            }
        }
    }

    boolean allAnswered() {
        return answered.keySet().containsAll(asked.keySet());
    }

    int timeouts() {
        return (int) answered.values().stream()
                .filter(answers -> "NO_ANSWER".equals(code(answers.getFirst())))
                .count();
    }

    /** @param once whether nothing has failed, so that nobody took himself for an owner who was none any more */
    void check(boolean once) {
        asked.forEach((id, request) -> {
            List<ToolResponse> answers = answered.getOrDefault(id, List.of());
            if (answers.isEmpty()) {
                bad.accept(id + " was never answered");
            } else if (once && answers.size() > 1) {
                bad.accept(id + " was answered again: " + answers);
            }
        });
    }

    private static @Nullable String code(ToolResponse answer) {
        ToolError error = answer.getError();
        return error == null ? null : error.getCode();
    }
}
