package io.breadcrumbs.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.nio.charset.StandardCharsets;

/** Answers in JSON. */
public final class Json {

    private Json() {}

    public static MutableHttpResponse<byte[]> ok(JsonNode body) {
        return answer(HttpStatus.OK, body);
    }

    public static MutableHttpResponse<byte[]> ok(io.breadcrumbs.sdk.workflow.json.Json body) {
        return answer(HttpStatus.OK, body);
    }

    public static MutableHttpResponse<byte[]> answer(HttpStatus status, io.breadcrumbs.sdk.workflow.json.Json body) {
        return answer(status, body.toString());
    }

    public static MutableHttpResponse<byte[]> answer(HttpStatus status, JsonNode body) {
        return answer(status, body.toString());
    }

    private static MutableHttpResponse<byte[]> answer(HttpStatus status, String body) {
        return HttpResponse.<byte[]>status(status)
                .contentType(MediaType.APPLICATION_JSON_TYPE)
                .body(body.getBytes(StandardCharsets.UTF_8));
    }
}
