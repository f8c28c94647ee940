package io.breadcrumbs.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.sun.net.httpserver.HttpServer;
import io.breadcrumbs.api.http.Role;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {

    @TempDir
    private Path folder;

    private final Issuer issuer;
    private Path file = Path.of("");

    TokensTest() throws Exception {
        issuer = new Issuer();
    }

    @BeforeEach
    void write() throws Exception {
        file = issuer.write(folder.resolve("keys.json"));
    }

    private TokenSettings settings() {
        return TokenSettings.of(file.toUri(), Issuer.NAME, Issuer.AUDIENCE);
    }

    private static JWTClaimsSet.Builder good() {
        return Issuer.claims("ours", "emitter", "nobody-knows");
    }

    private void assertRefused(String token) {
        assertRefused(settings(), token);
    }

    private static void assertRefused(TokenSettings settings, String token) {
        Tokens tokens = new Tokens(settings);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> tokens.known(token))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.UNAUTHENTICATED));
    }

    @Test
    void shouldKnowWhoATokenIsOf() {
        Tokens tokens = new Tokens(settings());

        Known known = tokens.known(issuer.token(good()));

        assertThat(known).isEqualTo(new Known("token ann", "ann", List.of("ours"), Set.of(Role.EMITTER)));
        assertThat(tokens.known(issuer.token(good(), JWSAlgorithm.ES256, issuer.ec)))
                .isEqualTo(known);
    }

    @Test
    void shouldReadOtherClaimsWhereTheSettingsSaySo() {
        TokenSettings usual = settings();
        Tokens tokens = new Tokens(new TokenSettings(
                usual.keys(),
                usual.issuer(),
                usual.audience(),
                usual.algorithms(),
                new TokenSettings.Claims("email", "tenant", "groups")));

        Known known = tokens.known(issuer.token(good().claim("email", "ann@example.com")
                .claim("tenant", "theirs")
                .claim("groups", List.of("curator"))));

        assertThat(known)
                .isEqualTo(
                        new Known("token ann@example.com", "ann@example.com", List.of("theirs"), Set.of(Role.CURATOR)));
    }

    @Test
    void shouldRefuseWhatNobodySigned() {
        assertRefused(new PlainJWT(good().build()).serialize());
        assertRefused("e30.e30.");
        assertRefused("nonsense");
    }

    @Test
    void shouldRefuseASignatureOfAnotherKey() throws Exception {
        assertRefused(new Issuer().token(good()));
    }

    @Test
    void shouldTakeHs256OnlyWhereTheSettingsNameIt() {
        String token = issuer.token(good(), JWSAlgorithm.HS256, issuer.mac);

        assertRefused(token);
        assertThat(new Tokens(settings().withAlgorithms(Set.of("HS256")))
                        .known(token)
                        .name())
                .isEqualTo("ann");
    }

    /** The public key as the secret of an HMAC: who knows how to verify could sign. */
    @Test
    void shouldNotTakeAPublicKeyForASecretOne() throws Exception {
        JWK confused = new OctetSequenceKey.Builder(issuer.rsa.toRSAPublicKey().getEncoded())
                .keyID("r")
                .build();

        assertRefused(
                settings().withAlgorithms(Set.of("RS256", "HS256")),
                issuer.token(good(), JWSAlgorithm.HS256, confused));
    }

    @Test
    void shouldRefuseWhatIsNotForThisMomentOrThisPlatform() {
        assertRefused(issuer.token(Issuer.expired(good())));
        assertRefused(issuer.token(good().expirationTime(null)));
        assertRefused(issuer.token(good().notBeforeTime(Date.from(Instant.now().plusSeconds(300)))));
        assertRefused(issuer.token(good().issuer("https://other.example.com")));
        assertRefused(issuer.token(good().audience("another")));
        assertRefused(issuer.token(good().audience((String) null)));
        assertRefused(issuer.token(good().subject(null)));
        assertRefused(issuer.token(good().claim("roles", Map.of("a", "b"))));
    }

    @Test
    void shouldReadKeysFromAnAddressAndAgainWhenATokenNamesANewOne() throws Exception {
        // Given
        issuer.write(file, issuer.ec);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/keys", exchange -> {
            byte[] body = Files.readAllBytes(file);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys");
            Tokens tokens = new Tokens(TokenSettings.of(address, Issuer.NAME, Issuer.AUDIENCE));
            assertThat(tokens.known(issuer.token(good(), JWSAlgorithm.ES256, issuer.ec))
                            .name())
                    .isEqualTo("ann");

            // When
            issuer.write(file, issuer.rsa);

            // Then
            assertThat(tokens.known(issuer.token(good())).name()).isEqualTo("ann");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void shouldSayThatItCannotVerifyWhileThereAreNoKeys() throws Exception {
        Files.delete(file);
        Tokens tokens = new Tokens(settings());

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> tokens.known(issuer.token(good())))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.UNAVAILABLE));
    }

    @Test
    void shouldRefuseSettingsThatGiveKeysAway() {
        URI plain = URI.create("http://keys.example.com/set");
        URI safe = URI.create("https://keys.example.com/set");

        assertThatIllegalArgumentException().isThrownBy(() -> TokenSettings.of(plain, "i", "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> TokenSettings.of(safe, "", "a"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenSettings.of(safe, "i", "a").withAlgorithms(Set.of("HS256")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenSettings.of(safe, "i", "a").withAlgorithms(Set.of("none")));
    }
}
