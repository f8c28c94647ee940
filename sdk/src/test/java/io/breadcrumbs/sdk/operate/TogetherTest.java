package io.breadcrumbs.sdk.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TogetherTest {

    private static final int AT_ONCE = 4;

    private final List<Map<String, CompletableFuture<Integer>>> requests = new ArrayList<>();
    private final Together<String, Integer> together = new Together<>(this::request);
    private final List<CompletableFuture<Integer>> first = new ArrayList<>();

    private Map<String, CompletableFuture<Integer>> request(Set<String> keys) {
        Map<String, CompletableFuture<Integer>> request = new HashMap<>();
        keys.forEach(key -> request.put(key, new CompletableFuture<>()));
        requests.add(request);
        return request;
    }

    private void answer(int request, int with) {
        List.copyOf(requests.get(request).values()).forEach(one -> one.complete(with));
    }

    @BeforeEach
    void askForAsManyAsGoOutAtOnce() {
        for (int i = 0; i < AT_ONCE; i++) {
            first.add(together.ask("first-" + i));
        }
    }

    @Test
    void shouldAskAtOnceAsLongAsFewRequestsAreUnderWay() {
        assertThat(requests).extracting(Map::keySet).extracting(Set::size).containsOnly(1);
        assertThat(requests).hasSize(AT_ONCE);
        answer(1, 7);
        assertThat(first.get(1)).isCompletedWithValue(7);
        assertThat(first.get(0)).isNotDone();
    }

    @Test
    void shouldAskTogetherForWhatCameMeanwhile() {
        CompletableFuture<Integer> a = together.ask("a");
        CompletableFuture<Integer> again = together.ask("a");
        CompletableFuture<Integer> b = together.ask("b");
        assertThat(requests).hasSize(AT_ONCE);

        answer(2, 1);
        assertThat(requests).hasSize(AT_ONCE + 1);
        assertThat(requests.getLast()).containsOnlyKeys("a", "b");
        answer(AT_ONCE, 5);
        assertThat(List.of(a, again, b)).allSatisfy(one -> assertThat(one).isCompletedWithValue(5));
    }

    @Test
    void shouldGiveNobodyTheAnswerToARequestThatWasSentBefore() {
        CompletableFuture<Integer> later = together.ask("first-0");
        answer(0, 1);
        assertThat(first.getFirst()).isCompletedWithValue(1);
        assertThat(later).isNotDone();
        answer(AT_ONCE, 2);
        assertThat(later).isCompletedWithValue(2);
    }

    @Test
    void shouldTellOfAFailureThoseWhomItConcernsAndGoOn() {
        CompletableFuture<Integer> a = together.ask("a");
        requests.getFirst().values().forEach(one -> one.completeExceptionally(new IllegalStateException("away")));
        assertThat(first.getFirst()).isCompletedExceptionally();
        answer(AT_ONCE, 3);
        assertThat(a).isCompletedWithValue(3);
    }

    @Test
    void shouldLetNobodySpoilTheAnswerOfAnother() {
        CompletableFuture<Integer> one = together.ask("a");
        CompletableFuture<Integer> other = together.ask("a");
        one.cancel(false);
        answer(0, 1);
        answer(AT_ONCE, 4);
        assertThat(other).isCompletedWithValue(4);
    }
}
