package io.breadcrumbs.api.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** Issues tokens in tests, and writes down the keys that verify them. */
public final class Issuer {

    public static final String NAME = "https://issuer.example.com";
    public static final String AUDIENCE = "breadcrumbs";

    private static final int RSA_BITS = 2_048;
    private static final int MAC_BITS = 256;

    final RSAKey rsa = new RSAKeyGenerator(RSA_BITS).keyID("r").generate();
    final ECKey ec = new ECKeyGenerator(Curve.P_256).keyID("e").generate();
    final OctetSequenceKey mac =
            new OctetSequenceKeyGenerator(MAC_BITS).keyID("m").generate();

    public Issuer() throws JOSEException {}

    /** Writes the key set. HS256 is verified with the key that signs it. */
    public Path write(Path file) throws IOException {
        return write(file, rsa, ec, mac);
    }

    Path write(Path file, JWK... keys) throws IOException {
        List<JWK> verifying = List.of(keys).stream()
                .map(key -> key instanceof OctetSequenceKey ? key : key.toPublicJWK())
                .toList();
        return Files.writeString(file, new JWKSet(verifying).toString(false));
    }

    /** What a good token says. */
    public static JWTClaimsSet.Builder claims(String workspace, String... roles) {
        return new JWTClaimsSet.Builder()
                .subject("ann")
                .issuer(NAME)
                .audience(AUDIENCE)
                .claim("workspaces", List.of(workspace))
                .claim("roles", List.of(roles))
                .expirationTime(Date.from(Instant.now().plus(Duration.ofMinutes(5))));
    }

    public static JWTClaimsSet.Builder expired(JWTClaimsSet.Builder claims) {
        return claims.expirationTime(Date.from(Instant.now().minus(Duration.ofMinutes(5))));
    }

    public String token(JWTClaimsSet.Builder claims) {
        return token(claims, JWSAlgorithm.RS256, rsa);
    }

    String token(JWTClaimsSet.Builder claims, JWSAlgorithm algorithm, JWK key) {
        try {
            JWSSigner signer = switch (key) {
                case RSAKey one -> new RSASSASigner(one);
                case ECKey one -> new ECDSASigner(one);
                case OctetSequenceKey one -> new MACSigner(one);
                default -> throw new IllegalArgumentException("expected another key, got " + key.getKeyType());
            };
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), claims.build());
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
