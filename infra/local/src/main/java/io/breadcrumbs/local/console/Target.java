package io.breadcrumbs.local.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.breadcrumbs.local.data.PlatformState;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBus;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Which platform a command talks to: the one at {@code --url}, else the one on the data folder, else the default port.
 */
public final class Target {

    private static final String DEFAULT_URL = "http://127.0.0.1:8080";

    /** The environment variable that has the platform's address. */
    private static final String URL = "BREADCRUMBS_URL";

    /** The environment variable that has the caller's key. */
    public static final String KEY = "BREADCRUMBS_KEY";

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:" + URL + "}",
            description = "The platform's HTTP door; usually in the environment variable " + URL
                    + ". Unless given: the platform that runs on the data folder, or " + DEFAULT_URL + ".")
    private @Nullable String url;

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            defaultValue = "${env:" + KEY + "}",
            description = "Says who asks; better in the environment variable " + KEY + ", where nobody sees it.")
    private @Nullable String key;

    @Mixin
    private final DataOption data = new DataOption();

    /** Where the parts of the platform are reached. */
    public record Addresses(String kafka, String registry) {}

    /** Asks the platform; one that does not answer ends the command. */
    public Addresses find() {
        Optional<PlatformState> state = url() == null ? PlatformState.read(data.folder()) : Optional.empty();
        if (state.isPresent()) {
            return new Addresses(state.get().kafka(), state.get().registry());
        }
        String door = url();
        return ask(door == null ? DEFAULT_URL : door, key);
    }

    /** The same, for who asks the brokers themselves; ends the command if none of them is reached from here. */
    public Addresses brokers() {
        Addresses platform = find();
        if (Stream.of(platform.kafka().split(",")).noneMatch(Target::listens)) {
            throw new FailureException(
                    ExitCode.NO_PLATFORM,
                    "this command needs the brokers, and none answers at " + platform.kafka() + ", where "
                            + (url() == null ? "the platform" : url())
                            + " says that they are; give it on a machine that"
                            + " reaches them, since over HTTP alone only run, workflow, schedule, tools, call, topics,"
                            + " tail, dlq, key and secret can be asked");
        }
        return platform;
    }

    private static boolean listens(String broker) {
        int colon = broker.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            int port = Integer.parseInt(broker.substring(colon + 1).strip());
            String host = broker.substring(broker.lastIndexOf('/') + 1, Math.max(0, colon))
                    .strip();
            socket.connect(new InetSocketAddress(host, port), (int) PATIENCE.toMillis());
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false; // said by who asks
        }
    }

    /** The folder of the platform's data. */
    public Path folder() {
        return data.folder();
    }

    /** The door that the command line or the environment names, without a slash at its end; null if none does. */
    public @Nullable String url() {
        if (url == null || url.isBlank()) {
            return null;
        }
        String door = url.strip();
        return door.endsWith("/") ? door.substring(0, door.length() - 1) : door;
    }

    /** What the caller is known by; null if there is none. */
    public @Nullable String key() {
        return key;
    }

    /** The URL of the platform's HTTP door, at which somebody answers. */
    public String door() {
        String named = url();
        Optional<PlatformState> state = url() == null ? PlatformState.read(data.folder()) : Optional.empty();
        String door = state.map(PlatformState::url).orElse(named == null ? DEFAULT_URL : named);
        ask(door, key);
        return door.endsWith("/") ? door.substring(0, door.length() - 1) : door;
    }

    /** A bus to the platform that is ready; the caller closes it. */
    public Bus connect(Duration atMost) throws InterruptedException {
        Addresses platform = brokers();
        Bus bus = KafkaBus.connect(BusSettings.of(platform.kafka(), platform.registry(), "crumb"));
        try {
            return KafkaBus.awaitReady(bus, atMost);
        } catch (BusException e) {
            bus.close();
            throw new FailureException(ExitCode.NO_PLATFORM, String.valueOf(e.getMessage()));
        }
    }

    private static Addresses ask(String door, @Nullable String key) {
        String body;
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            URI uri = URI.create(door.endsWith("/") ? door + "platform" : door + "/platform");
            HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
            if (key != null && !key.isBlank()) {
                request.header("Authorization", "Bearer " + key.strip());
            }
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 401 || response.statusCode() == 403) {
                throw new FailureException(
                        ExitCode.FAILED,
                        uri
                                + " asks who you are: give a key that may read with --api-key, or in the environment variable "
                                + KEY);
            }
            if (response.statusCode() != 200) {
                throw new FailureException(
                        ExitCode.NO_PLATFORM,
                        uri + " answers " + response.statusCode()
                                + ": that is no Breadcrumbs platform; give its --url");
            }
            body = response.body();
        } catch (IOException e) {
            throw new FailureException(
                    ExitCode.NO_PLATFORM,
                    "no platform answers at " + door + "; start one with './crumb up --detach', or give its --url");
        } catch (IllegalArgumentException e) {
            throw new FailureException(ExitCode.USAGE, "--url: expected http://host:port, got '" + door + "'");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailureException(ExitCode.FAILED, "interrupted while asking " + door);
        }
        try {
            JsonNode answer = new ObjectMapper().readTree(body);
            return new Addresses(
                    answer.path("kafka").asText(), answer.path("registry").asText());
        } catch (JsonProcessingException e) {
            throw new FailureException(ExitCode.NO_PLATFORM, door + "/platform answers something other than JSON");
        }
    }
}
