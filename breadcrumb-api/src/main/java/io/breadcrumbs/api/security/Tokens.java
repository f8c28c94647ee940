package io.breadcrumbs.api.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import java.net.MalformedURLException;
import java.net.URL;
import java.text.ParseException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Verifies JSON Web Tokens. Blocks while it reads keys. */
final class Tokens {

    private static final int CLOCKS_DIFFER_SECONDS = 30;
    private static final int PATIENCE_MS = 2_000;
    private static final int MOST_BYTES = 256 << 10;

    /** A key that was taken out of the set is believed no longer than this. */
    private static final long FROM_ADDRESS_MS = 5 * 60_000;

    private static final long FROM_FILE_MS = 10_000;

    /** Unknown keys make the set be read again, at most once in this time. */
    private static final long READ_AGAIN_MS = 5_000;

    /** While the set cannot be read, the keys that were there are believed. */
    private static final long OUTAGE_MS = 60 * 60_000;

    private final TokenSettings settings;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    Tokens(TokenSettings settings) {
        this.settings = settings;
        Set<JWSAlgorithm> algorithms =
                settings.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toSet());
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys(settings)));
        DefaultJWTClaimsVerifier<SecurityContext> claims = new DefaultJWTClaimsVerifier<>(
                settings.audience(),
                new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
                Set.of("exp", settings.claims().name()));
        claims.setMaxClockSkew(CLOCKS_DIFFER_SECONDS);
        processor.setJWTClaimsSetVerifier(claims);
    }

    private static JWKSource<SecurityContext> keys(TokenSettings settings) {
        URL from;
        try {
            from = settings.keys().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("keys: expected a file or an address, got " + settings.keys(), e);
        }
        boolean file = "file".equals(from.getProtocol());
        JWKSourceBuilder<SecurityContext> source =
                JWKSourceBuilder.create(from, new DefaultResourceRetriever(PATIENCE_MS, PATIENCE_MS, MOST_BYTES));
        return source.cache(file ? FROM_FILE_MS : FROM_ADDRESS_MS, 2L * PATIENCE_MS)
                .refreshAheadCache(false)
                .rateLimited(READ_AGAIN_MS)
                .outageTolerant(OUTAGE_MS)
                .build();
    }

    /** Who a token says that it is; a problem if it is not to be believed. */
    Known known(String token) {
        try {
            JWTClaimsSet claims = processor.process(token, null);
            TokenSettings.Claims names = settings.claims();
            String name = claims.getClaimAsString(names.name());
            return Known.of("token " + name, name, texts(claims, names.workspaces()), texts(claims, names.roles()));
        } catch (JWKSetUnavailableException e) {
            throw new ProblemException(
                    ProblemCode.UNAVAILABLE, "the keys that tokens are verified with cannot be read");
        } catch (BadJOSEException | JOSEException | ParseException e) {
            throw new ProblemException(ProblemCode.UNAUTHENTICATED, "the token is not valid: " + e.getMessage());
        }
    }

    private static List<String> texts(JWTClaimsSet claims, String name) throws ParseException {
        Object claim = claims.getClaim(name);
        if (claim == null) {
            return List.of();
        }
        return claim instanceof String text ? List.of(text) : claims.getStringListClaim(name);
    }
}
