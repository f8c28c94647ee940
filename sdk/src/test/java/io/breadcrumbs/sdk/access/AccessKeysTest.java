package io.breadcrumbs.sdk.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.breadcrumbs.schemas.AccessKey;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Keys that one process makes and revokes, as another one knows them. */
class AccessKeysTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration READ = Duration.ofSeconds(3);

    private final SeededScheduler scheduler = new SeededScheduler(1);
    private final MemoryCluster cluster = new MemoryCluster(scheduler, 1, Faults.NONE);
    private final MemoryBus maker = MemoryBus.in(cluster.process("cli"), MemoryBus.wire(), scheduler);
    private final MemoryBus door = MemoryBus.in(cluster.process("api"), MemoryBus.wire(), scheduler);
    private final AccessKeys keys = new AccessKeys(door);

    private AccessKeys.Made made(@Nullable Instant expires) {
        CompletableFuture<AccessKeys.Made> made =
                AccessKeys.make(maker, new AccessKeys.Grant("ours", "ann", List.of("emitter"), expires), "cleo", NOW);
        scheduler.run(READ);
        return made.join();
    }

    @Test
    void shouldKnowWhoHasAKeyAndKeepNoKey() {
        AccessKeys.Made made = made(null);

        AccessKey holder = keys.holder(made.key(), NOW).orElseThrow();

        assertThat(holder.getName()).isEqualTo("ann");
        assertThat(holder.getMeta().getWorkspace()).isEqualTo("ours");
        assertThat(holder.getRoles()).containsExactly("emitter");
        String secret = made.key().substring(made.key().lastIndexOf('_') + 1);
        assertThat(secret).hasSize(64);
        assertThat(holder.toString() + made + KeyText.of(made.key())).doesNotContain(secret);
    }

    @Test
    void shouldKnowNoOther() {
        AccessKeys.Made made = made(null);
        AccessKeys.Made other = made(null);
        String mixed = other.key().substring(0, "bck_0123456789abcdef".length())
                + made.key().substring("bck_0123456789abcdef".length());

        assertThat(made.key()).isNotEqualTo(other.key());
        assertThat(List.of(
                        mixed, made.key() + "0", made.key().toUpperCase(java.util.Locale.ROOT), "bck_" + made.id(), ""))
                .allSatisfy(key -> assertThat(keys.holder(key, NOW)).isEmpty());
    }

    @Test
    void shouldEndWithItsTime() {
        AccessKeys.Made made = made(NOW.plusSeconds(60));

        assertThat(keys.holder(made.key(), NOW.plusSeconds(59))).isPresent();
        assertThat(keys.holder(made.key(), NOW.plusSeconds(60))).isEmpty();
    }

    @Test
    void shouldEndEverywhereWhenItIsRevoked() {
        // Given
        AccessKeys.Made made = made(null);
        AccessKey holder = keys.holder(made.key(), NOW).orElseThrow();
        AccessKeys others = new AccessKeys(MemoryBus.in(cluster.process("api-2"), MemoryBus.wire(), scheduler));
        scheduler.run(READ);
        assertThat(others.holder(made.key(), NOW)).isPresent();

        // When
        AccessKeys.revoke(maker, holder, "dora", NOW);
        scheduler.run(READ);

        // Then
        assertThat(keys.holder(made.key(), NOW)).isEmpty();
        assertThat(others.holder(made.key(), NOW)).isEmpty();
        assertThat(others.all()).hasSize(1);
        AccessKey revoked = others.find(made.id()).orElseThrow();
        assertThat(holder.getMeta().getAuthor()).isEqualTo("cleo");
        assertThat(revoked.getMeta().getAuthor()).isEqualTo("dora");
        assertThat(revoked.getMeta().getVersion()).isEqualTo(2);
        assertThat(KeyLine.of(revoked).revokedAt()).isEqualTo(NOW);
    }

    @Test
    void shouldBeForSomebodyWhoMayDoSomething() {
        assertThatIllegalArgumentException().isThrownBy(() -> new AccessKeys.Grant("ours", "ann", List.of(), null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AccessKeys.Grant(" ", "ann", List.of("emitter"), null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AccessKeys.Grant("ours", "a\nb", List.of("emitter"), null));
    }
}
