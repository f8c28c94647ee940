package io.breadcrumbs.local.access;

import io.breadcrumbs.api.limit.LimitSettings;
import io.breadcrumbs.api.security.SecuritySettings;
import io.breadcrumbs.api.security.TokenSettings;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who may come through the HTTP door, and how much each may ask for, as {@code up} is told. */
public final class SecurityOptions {

    private static final int MOST = 1_000_000;

    @Option(
            names = "--secure",
            description = "Callers of the HTTP door must have a key ('./crumb key create') or a token. Unless given:"
                    + " everybody on this machine may do everything. docs/security.md has more.")
    private boolean secure;

    @Option(
            names = "--jwks",
            paramLabel = "FILE|URL",
            description = "Takes JSON Web Tokens too, which the keys of this JWK set verify. Needs --issuer and"
                    + " --audience; implies --secure.")
    private @Nullable String jwks;

    @Option(names = "--issuer", paramLabel = "TEXT", description = "The issuer that tokens must have.")
    private String issuer = "";

    @Option(names = "--audience", paramLabel = "TEXT", description = "The audience that tokens must be for.")
    private String audience = "";

    @Option(
            names = "--jwt-algorithm",
            paramLabel = "NAME",
            description = "An algorithm that signatures of tokens may have: RS256, ES256, HS256. Can be given more than"
                    + " once. Default: RS256 and ES256")
    private List<String> algorithms = List.of();

    @Option(
            names = "--origin",
            paramLabel = "ORIGIN",
            description = "Lets pages of this origin, like https://console.example.com, call the HTTP door from a"
                    + " browser. Can be given more than once.")
    private List<String> origins = List.of();

    @Option(
            names = "--requests-per-second",
            paramLabel = "N",
            description = "So many requests of one caller the HTTP door answers, twice as many at once; 0: any number."
                    + " Unless given: 1000 where callers are told apart, any number else.")
    private @Nullable Integer requests;

    @Option(
            names = "--streams",
            paramLabel = "N",
            description = "So many streams one caller may have open. Unless given: 200 where callers are told apart,"
                    + " 10000 else.")
    private @Nullable Integer streams;

    @Option(
            names = "--open-runs",
            paramLabel = "N",
            description = "Whoever has started so many runs that are not over may start no other one; 0: any number."
                    + " Unless given: 10000 where callers are told apart, any number else.")
    private @Nullable Integer openRuns;

    public SecuritySettings settings() {
        try {
            String keys = jwks;
            SecuritySettings settings = secure || keys != null ? SecuritySettings.ON : SecuritySettings.OFF;
            settings = settings.withOrigins(new LinkedHashSet<>(origins)).withLimits(limits(settings.limits()));
            return keys == null ? settings : settings.withTokens(tokens(keys));
        } catch (IllegalArgumentException e) {
            throw new FailureException(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private LimitSettings limits(LimitSettings usual) {
        LimitSettings limits = requests == null
                ? usual
                : usual.withRequests(atLeast("--requests-per-second", requests, 0), Math.max(1, 2 * requests));
        limits = streams == null ? limits : limits.withStreams(atLeast("--streams", streams, 1));
        return openRuns == null ? limits : limits.withOpenRuns(atLeast("--open-runs", openRuns, 0));
    }

    private static int atLeast(String option, int number, int least) {
        if (number < least || number > MOST) {
            throw new FailureException(
                    ExitCode.USAGE, option + ": expected " + least + " to " + MOST + ", got " + number);
        }
        return number;
    }

    private TokenSettings tokens(String keys) {
        TokenSettings tokens = TokenSettings.of(URI.create(located(keys)), issuer, audience);
        return algorithms.isEmpty() ? tokens : tokens.withAlgorithms(new LinkedHashSet<>(algorithms));
    }

    /** A file's place holds wherever a process starts. */
    private static String located(String keys) {
        return keys.contains("://")
                ? keys
                : Path.of(keys).toAbsolutePath().toUri().toString();
    }

    /** The same again, for a process that is started with them. */
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        if (secure) {
            arguments.add("--secure");
        }
        if (jwks != null) {
            arguments.addAll(List.of("--jwks=" + located(jwks), "--issuer=" + issuer, "--audience=" + audience));
        }
        algorithms.forEach(algorithm -> arguments.add("--jwt-algorithm=" + algorithm));
        origins.forEach(origin -> arguments.add("--origin=" + origin));
        add("--requests-per-second", requests, arguments);
        add("--streams", streams, arguments);
        add("--open-runs", openRuns, arguments);
        return arguments;
    }

    private static void add(String option, @Nullable Integer number, List<String> arguments) {
        if (number != null) {
            arguments.add(option + "=" + number);
        }
    }
}
