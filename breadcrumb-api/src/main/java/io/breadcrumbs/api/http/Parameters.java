package io.breadcrumbs.api.http;

import io.micronaut.http.HttpRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the address of a request says behind the question mark. The route has declared the names. */
public final class Parameters {

    private final HttpRequest<?> request;

    private Parameters(HttpRequest<?> request) {
        this.request = request;
    }

    /** Those of a request. */
    public static Parameters of(HttpRequest<?> request) {
        return new Parameters(request);
    }

    public @Nullable String text(String name) {
        return request.getParameters().get(name);
    }

    /** All that are given, each of which may have several behind commas. */
    public List<String> texts(String name) {
        return request.getParameters().getAll(name).stream()
                .flatMap(one -> List.of(one.split(",")).stream())
                .filter(one -> !one.isBlank())
                .toList();
    }

    /** A whole number from {@code least} to {@code most}; {@code otherwise} if there is none. */
    public int number(String name, int least, int most, int otherwise) {
        String text = text(name);
        if (text == null) {
            return otherwise;
        }
        int number = text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
        if (number < least || number > most) {
            throw Bodies.wrong(name, "expected a number from " + least + " to " + most + ", got " + text);
        }
        return number;
    }

    /** Whether it is {@code yes}, and not {@code no}; {@code otherwise} if it is not given. */
    public boolean is(String name, String yes, String no, boolean otherwise) {
        String text = text(name);
        if (text == null) {
            return otherwise;
        }
        if (!text.equals(yes) && !text.equals(no)) {
            throw Bodies.wrong(name, "expected " + yes + " or " + no + ", got " + text);
        }
        return text.equals(yes);
    }

    /** A moment in milliseconds since 1970; {@code otherwise} if there is none. */
    public long moment(String name, long otherwise) {
        String text = text(name);
        return text == null ? otherwise : Bodies.moment(name, text).toEpochMilli();
    }
}
