package io.breadcrumbs.api.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningSecretsTest {

    @Test
    void shouldFindWhatItHidForItsOwnerOnly() {
        SigningSecrets secrets = new SigningSecrets(new byte[32]);
        String secret = secrets.draw();
        String hidden = secrets.hidden(secret, "me");

        assertThat(hidden).doesNotContain(secret).isNotEqualTo(secrets.hidden(secret, "me"));
        assertThat(secrets.found(hidden, "me")).isEqualTo(secret);
        assertThatThrownBy(() -> secrets.found(hidden, "another")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> secrets.found("AAAA", "me")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> secrets.found(secret, "me")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldKeepItsKeyInAFileForItsOwnerOnly(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("webhooks.key");
        String hidden = SigningSecrets.of(file).hidden("a secret", "me");

        assertThat(SigningSecrets.of(file).found(hidden, "me")).isEqualTo("a secret");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(folder.toFile().list()).containsExactly("webhooks.key");
    }

    @Test
    void shouldRefuseAFileWithoutAKey(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("webhooks.key"), "secret");

        assertThatThrownBy(() -> SigningSecrets.of(file)).hasMessageContaining("64 hexadecimal digits");
    }
}
