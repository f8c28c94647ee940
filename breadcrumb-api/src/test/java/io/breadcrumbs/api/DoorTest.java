package io.breadcrumbs.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DoorTest {

    private Door door;

    @BeforeEach
    void start() {
        door = Door.start(new DoorSettings(0, "k:1", "http://r:2", "i", "v"));
    }

    @AfterEach
    void stop() {
        door.close();
    }

    @Test
    void shouldSayWhereThePlatformIs() throws Exception {
        HttpResponse<String> response = get("/platform");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo("{\"kafka\":\"k:1\",\"registry\":\"http://r:2\",\"instance\":\"i\",\"version\":\"v\"}");
    }

    @Test
    void shouldBeReadyOnlyWhenToldSo() throws Exception {
        assertThat(get("/health/liveness").statusCode()).isEqualTo(200);
        assertThat(get("/health/readiness").statusCode()).isEqualTo(503);

        door.ready();

        assertThat(get("/health/readiness").statusCode()).isEqualTo(200);
        assertThat(get("/health").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(door.url() + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
