package io.breadcrumbs.runner.provider.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the definition of an HTTP tool says in its {@code source}, as it stands there.
 *
 * @param url template, such as {@code https://api.example.com/users/{id}}
 * @param method GET unless given
 * @param headers templates, which may name secrets: {@code Bearer ${secret:API}}
 * @param query templates; one that is nothing but a field is left out where the input has no such field
 * @param body {@code "input"} for the whole input, other text as template, or a document with templates in it
 * @param response JSON pointer to what is the output, or an object of such pointers; the whole response unless given
 * @param timeoutMs of all attempts together; the runner's own unless given
 * @param retry attempts at most; 1 unless given
 */
record HttpSource(
        String url,
        @Nullable String method,
        @Nullable Map<String, String> headers,
        @Nullable Map<String, String> query,
        @Nullable JsonNode body,
        @Nullable JsonNode response,
        @Nullable Long timeoutMs,
        @Nullable Integer retry) {}
