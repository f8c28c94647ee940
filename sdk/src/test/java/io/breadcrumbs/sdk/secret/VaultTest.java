package io.breadcrumbs.sdk.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.breadcrumbs.schemas.Meta;
import io.breadcrumbs.schemas.Secret;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String VALUE = "correct horse battery";
    private static final SecretName API = new SecretName("ours", "API");

    private final SeededScheduler scheduler = new SeededScheduler(1);
    private final MemoryCluster cluster = new MemoryCluster(scheduler, 1, Faults.NONE);
    private final MemoryBus bus = MemoryBus.in(cluster.process("runner"), MemoryBus.wire(), scheduler);
    private final AtomicReference<String> keys = new AtomicReference<>(key(1));
    private final Vault vault = new Vault(bus, () -> MasterKeys.of(keys.get()).all());

    private static String key(int number) {
        byte[] bytes = new byte[MasterKey.BYTES];
        bytes[0] = (byte) number;
        return Base64.getEncoder().encodeToString(bytes);
    }

    @BeforeEach
    void read() {
        scheduler.run(Duration.ofSeconds(2));
    }

    private Secret published(Draft<Secret> draft) {
        bus.publish(draft);
        scheduler.run(Duration.ofSeconds(2));
        return vault.all().isEmpty() ? new Secret() : vault.all().getFirst();
    }

    private void assertClosed(SecretName name) {
        assertThatExceptionOfType(VaultException.class)
                .isThrownBy(() -> vault.find(name))
                .withMessageNotContaining(VALUE)
                .withMessageNotContaining(key(1));
    }

    @Test
    void shouldKeepAValueThatOnlyTheMasterKeyOpens() {
        Secret record = published(vault.set(API, VALUE, "ann", NOW));

        assertThat(vault.find(API)).contains(VALUE);
        assertThat(vault.find(new SecretName("theirs", "API"))).isEmpty();
        assertThat(new String(record.getCiphertext().array(), StandardCharsets.ISO_8859_1))
                .doesNotContain(VALUE.substring(0, 4));
        keys.set(key(2));
        assertClosed(API);
    }

    @Test
    void shouldEncryptTheSameValueAnotherWayEachTime() {
        Secret first = published(vault.set(API, VALUE, "ann", NOW));
        Secret second = published(vault.set(API, VALUE, "ann", NOW));

        assertThat(second.getCiphertext()).isNotEqualTo(first.getCiphertext());
        assertThat(second.getWrappedKey()).isNotEqualTo(first.getWrappedKey());
        assertThat(second.getCiphertext().remaining()).isEqualTo(12 + VALUE.length() + 16);
    }

    @Test
    void shouldOpenNothingThatIsNotInItsPlaceOrNotWhole() {
        Secret record = published(vault.set(API, VALUE, "ann", NOW));
        SecretName other = new SecretName("theirs", "API");
        Meta theirs = Meta.newBuilder(record.getMeta()).setWorkspace("theirs").build();

        published(Draft.of(
                Catalogue.SECRET,
                other.key(),
                Secret.newBuilder(record).setMeta(theirs).build()));
        assertClosed(other);
        published(Draft.of(
                Catalogue.SECRET,
                API.key(),
                Secret.newBuilder(record).setWrappedKey(record.getCiphertext()).build()));
        assertClosed(API);
        byte[] bytes = record.getCiphertext().array().clone();
        bytes[bytes.length - 1] ^= 1;
        published(Draft.of(
                Catalogue.SECRET,
                API.key(),
                Secret.newBuilder(record).setCiphertext(ByteBuffer.wrap(bytes)).build()));
        assertClosed(API);
        published(Draft.of(
                Catalogue.SECRET,
                API.key(),
                Secret.newBuilder(record).setCiphertext(ByteBuffer.allocate(3)).build()));
        assertClosed(API);
    }

    @Test
    void shouldGoOnUnderANewMasterKeyWithoutTheOldOne() {
        // Given
        Secret before = published(vault.set(API, VALUE, "ann", NOW));
        keys.set("# the new one\n" + key(2) + "\n" + key(1));
        assertThat(vault.find(API)).contains(VALUE);

        // When
        List<Draft<Secret>> rotated = vault.rotated();
        rotated.forEach(this::published);

        // Then
        keys.set(key(2));
        assertThat(vault.find(API)).contains(VALUE);
        assertThat(rotated).hasSize(1);
        assertThat(vault.rotated()).isEmpty();
        assertThat(vault.all().getFirst().getCiphertext()).isEqualTo(before.getCiphertext());
    }

    @Test
    void shouldDeleteASecret() {
        published(vault.set(API, VALUE, "ann", NOW));

        published(vault.delete(API).orElseThrow());

        assertThat(vault.find(API)).isEmpty();
        assertThat(vault.delete(API)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "AAAA", "not base 64!", "# only a word"})
    void shouldTakeNoKeyThatIsNone(String text) {
        assertThatExceptionOfType(VaultException.class).isThrownBy(() -> MasterKeys.of(text));
    }

    @Test
    void shouldTellNoKeyAndTakeNoValueThatIsGuessed() {
        assertThat(MasterKeys.of(key(1)).all().toString())
                .doesNotContain(key(1))
                .contains("master key ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> vault.set(API, "short", "ann", NOW))
                .withMessageNotContaining("short");
        assertThatIllegalArgumentException().isThrownBy(() -> new SecretName("ours", "a b"));
    }
}
