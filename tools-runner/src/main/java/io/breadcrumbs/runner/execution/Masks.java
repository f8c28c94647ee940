package io.breadcrumbs.runner.execution;

import com.fasterxml.jackson.databind.node.TextNode;
import io.breadcrumbs.runner.intake.Outcome;
import io.breadcrumbs.schemas.ToolError;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.Values;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Takes the secrets that an execution was given out of what it gives. Against mistakes and echoes, such as an error
 * that repeats a header: a tool that means to tell a secret can write it in any other way. Any thread.
 */
final class Masks {

    static final String MASK = "***";

    /** What is shorter is found by chance. */
    private static final int LEAST_CHARS = 4;

    /** The longest first, so that nothing is left of one that another is a part of. */
    private final List<String> forms = new CopyOnWriteArrayList<>();

    /** From now on this is taken out, in the forms in which it usually appears. */
    void add(String secret) {
        if (secret.length() < LEAST_CHARS) {
            return;
        }
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        String json = TextNode.valueOf(secret).toString();
        for (String form : List.of(
                secret,
                json.substring(1, json.length() - 1),
                URLEncoder.encode(secret, StandardCharsets.UTF_8),
                Base64.getEncoder().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes))) {
            if (!forms.contains(form)) {
                forms.add(form);
            }
        }
        forms.sort(Comparator.comparingInt(String::length).reversed());
    }

    /** Whether any secret was given. */
    boolean any() {
        return !forms.isEmpty();
    }

    /** Whether a text has one in it. */
    boolean in(String text) {
        return forms.stream().anyMatch(text::contains);
    }

    String of(String text) {
        String masked = text;
        for (String form : forms) {
            masked = masked.replace(form, MASK);
        }
        return masked;
    }

    Outcome of(Outcome outcome) {
        if (!any()) {
            return outcome;
        }
        return switch (outcome) {
            case Outcome.Success(String output) -> new Outcome.Success(document(output));
            case Outcome.Failure(ToolError error) ->
                new Outcome.Failure(ToolError.newBuilder(error)
                        .setCode(of(error.getCode()))
                        .setMessage(of(error.getMessage()))
                        .setField(ofNullable(error.getField()))
                        .build());
        };
    }

    private @Nullable String ofNullable(@Nullable String text) {
        return text == null ? null : of(text);
    }

    /** A number that was a secret leaves no JSON behind: then nothing of it is told. */
    private String document(String output) {
        String masked = of(output);
        if (masked.equals(output)) {
            return output;
        }
        try {
            Values.parse(masked);
            return masked;
        } catch (ToolFailure e) {
            return "\"" + MASK + "\"";
        }
    }
}
