package io.breadcrumbs.sdk.operate;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Asks for many things with few requests: what is asked for while several requests are under way goes into the next one
 * together. Any thread.
 *
 * @param <K> what is asked for
 * @param <V> the answer
 */
public final class Together<K, V> {

    /** So many requests at once, so that one that is answered late does not hold up the others. */
    private static final int AT_ONCE = 4;

    private final Function<Set<K>, Map<K, CompletableFuture<V>>> request;
    private Map<K, CompletableFuture<V>> wanted = new HashMap<>();
    private int underWay;

    /** @param request asks for all of these; it completes every future, and does not block */
    public Together(Function<Set<K>, Map<K, CompletableFuture<V>>> request) {
        this.request = request;
    }

    /** The answer, to a request that is sent after this. */
    public CompletableFuture<V> ask(K one) {
        CompletableFuture<V> answer;
        synchronized (this) {
            answer = wanted.computeIfAbsent(one, _ -> new CompletableFuture<>());
            if (underWay == AT_ONCE) {
                return answer.copy();
            }
            underWay++;
        }
        send();
        return answer.copy();
    }

    private void send() {
        Map<K, CompletableFuture<V>> these;
        synchronized (this) {
            if (wanted.isEmpty()) {
                underWay--;
                return;
            }
            these = wanted;
            wanted = new HashMap<>();
        }
        Map<K, CompletableFuture<V>> answers = request.apply(Set.copyOf(these.keySet()));
        these.forEach((one, asked) -> Objects.requireNonNull(answers.get(one)).whenComplete((found, failure) -> {
            if (failure == null) {
                asked.complete(found);
            } else {
                asked.completeExceptionally(failure);
            }
        }));
        CompletableFuture.allOf(answers.values().toArray(CompletableFuture[]::new))
                .whenComplete((_, _) -> send());
    }
}
