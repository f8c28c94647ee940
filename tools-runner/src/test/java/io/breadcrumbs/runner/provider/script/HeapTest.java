package io.breadcrumbs.runner.provider.script;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapTest {

    @Test
    void shouldSeeThatTheMachineCollects() {
        Heap heap = Heap.ofMachine();
        long before = heap.collections();

        System.gc();

        assertThat(heap.collections()).isGreaterThan(before);
        assertThat(heap.isFull()).isFalse();
    }
}
