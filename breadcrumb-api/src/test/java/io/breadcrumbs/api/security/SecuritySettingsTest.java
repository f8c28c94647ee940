package io.breadcrumbs.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.breadcrumbs.api.limit.LimitSettings;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecuritySettingsTest {

    /** Every setting and what it is unless said otherwise. */
    @Test
    void shouldTakeKeysOnlyUnlessSaidOtherwise() {
        assertThat(SecuritySettings.ON)
                .isEqualTo(new SecuritySettings(
                        true, null, Set.of(), new LimitSettings(1_000, 2_000, 200, 10_000, 20_971_520, 32_768, 8_192)));
        assertThat(SecuritySettings.OFF)
                .isEqualTo(new SecuritySettings(
                        false, null, Set.of(), new LimitSettings(0, 1, 10_000, 0, 20_971_520, 32_768, 8_192)));
        TokenSettings tokens = TokenSettings.of(URI.create("https://keys.example.com"), "i", "a");
        assertThat(tokens.algorithms()).containsExactlyInAnyOrder("RS256", "ES256");
        assertThat(tokens.claims()).isEqualTo(new TokenSettings.Claims("sub", "workspaces", "roles"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*", "https://*", "null", "example.com", "https://a.example.com/", "https://a.example.com/x"})
    void shouldTakeOriginsThatMeanOneOnly(String origin) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SecuritySettings.ON.withOrigins(Set.of(origin)))
                .withMessageContaining(origin);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true", "LOCALHOST:8080, true", "[::1]:80, true", "::1, true",
        "127.0.0.1.example.com, false", "localhost.example.com:80, false", "0.0.0.0, false", "example.com, false"
    })
    void shouldKnowTheNamesOfThisMachine(String authority, boolean expected) {
        assertThat(Loopback.isAuthority(authority)).isEqualTo(expected);
    }
}
