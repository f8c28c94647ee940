package io.breadcrumbs.runner.provider.mcp.connection;

import io.breadcrumbs.runner.execution.Secrets;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.sdk.tool.ToolFailure;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts with references to secrets: <code>${secret:NAME}</code>. */
final class SecretTexts {

    private static final Pattern SECRET = Pattern.compile("\\$\\{secret:([A-Za-z0-9_.-]+)\\}");

    private SecretTexts() {}

    /** The texts with their secrets in place; fails with the name of the secret that is missing. */
    static Map<String, String> filled(Map<String, String> texts, Secrets secrets) throws ToolFailure {
        Map<String, String> filled = new TreeMap<>();
        for (Map.Entry<String, String> text : texts.entrySet()) {
            filled.put(text.getKey(), filled(text.getValue(), secrets));
        }
        return filled;
    }

    private static String filled(String text, Secrets secrets) throws ToolFailure {
        StringBuilder filled = new StringBuilder();
        Matcher reference = SECRET.matcher(text);
        while (reference.find()) {
            String name = reference.group(1);
            String secret = secrets.find(name)
                    .orElseThrow(() -> ToolFailure.of(
                            ErrorKind.PERMISSION, "SECRET", "there is no secret '" + name + "' on this runner"));
            reference.appendReplacement(filled, Matcher.quoteReplacement(secret));
        }
        return reference.appendTail(filled).toString();
    }
}
