package io.breadcrumbs.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlatformJvmTest {

    @Test
    void shouldTakeEachLineForAFlagThoughItHasSpaces() {
        assertThat(PlatformJvm.flags("-Xmx256m\n-Dcrumb.root=/home/any body/crumbs\n\n"))
                .containsExactly("-Xmx256m", "-Dcrumb.root=/home/any body/crumbs");
    }

    @Test
    void shouldBoundTheHeapWhereNobodySaysHow() {
        assertThat(PlatformJvm.flags(null)).contains("-Xmx512m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");
    }
}
