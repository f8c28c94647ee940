package io.breadcrumbs.sdk.egress;

import java.util.Locale;
import java.util.Map;

/**
 * What came back.
 *
 * @param headers names in lower case; several of one name are joined by commas
 * @param text the body, decoded
 */
public record WebResponse(int status, Map<String, String> headers, String text) {

    public WebResponse {
        headers = Map.copyOf(headers);
    }

    /** Whether the body says of itself that it is JSON. */
    public boolean isJson() {
        String type = headers.getOrDefault("content-type", "").toLowerCase(Locale.ROOT);
        String plain = type.split(";", 2)[0].strip();
        return plain.equals("application/json") || plain.endsWith("+json");
    }
}
