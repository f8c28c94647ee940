package io.breadcrumbs.api.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/** The page to try the door: Swagger UI, from its jar, and the few lines that start it. */
final class Page {

    static final String SCRIPT = "text/javascript";
    static final String STYLE = "text/css";

    private static final String JAR = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";
    private static final Map<String, String> PARTS = Map.of(
            "page.html", "text/html; charset=utf-8",
            "page.js", SCRIPT,
            "swagger-ui.css", STYLE,
            "swagger-ui-bundle.js", SCRIPT);

    /**
     * A file of the page.
     *
     * @param type its media type
     */
    @SuppressWarnings("ArrayRecordComponent") // goes into one answer, and is compared with nothing
    record Part(String type, byte[] bytes) {}

    /** The part of this name; empty if there is none. */
    Optional<Part> part(String name) {
        String type = PARTS.get(name);
        if (type == null) {
            return Optional.empty();
        }
        String place = name.startsWith("swagger-ui")
                ? "/META-INF/resources/webjars/swagger-ui/" + version() + "/" + name
                : name;
        return Optional.of(new Part(type, bytes(place)));
    }

    private static String version() {
        Properties properties = new Properties();
        try (InputStream in = resource(JAR)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(JAR, e);
        }
        return properties.getProperty("version");
    }

    private static byte[] bytes(String place) {
        try (InputStream in = resource(place)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(place, e);
        }
    }

    private static InputStream resource(String place) {
        return Objects.requireNonNull(Page.class.getResourceAsStream(place), place);
    }
}
