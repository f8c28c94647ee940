package io.breadcrumbs.local.bench.runs;

import io.breadcrumbs.local.bench.StepRunner;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A shape of run. All its steps ask for the same tool, which gives back what it is given. */
public enum Shape {
    /** One step. */
    ONE(1, "{\"steps\": " + tool("a", "{\"text\": \"{input.text}\"}") + "}"),
    /** Two in parallel, one after both. */
    THREE(
            2,
            steps(
                    tool("a", "{\"text\": \"{input.text}\"}"),
                    tool("b", "{\"text\": \"{input.text}\"}"),
                    tool("c", "{\"text\": \"${a.text} ${b.text}\"}"))),
    /** One after the other. */
    TEN(
            10,
            steps(IntStream.range(0, 10)
                    .mapToObj(i -> tool(
                            "s" + i, "{\"text\": \"" + (i == 0 ? "{input.text}" : "${s" + (i - 1) + ".text}") + "\"}"))
                    .toArray(String[]::new))),
    /** A hundred at once. */
    FAN100(
            1,
            steps(IntStream.range(0, 100)
                    .mapToObj(i -> tool("s" + i, "{\"text\": \"{input.text}\"}"))
                    .toArray(String[]::new))),
    /** Ten runs, each the only step of the one above; the innermost asks for the tool. */
    NESTED10(10, nested(10)),
    /** A thousand elements, a hundred at once. */
    MAP1000(
            10,
            "{\"output\": \"done\", \"steps\": {\"id\": \"each\", \"map\": {\"over\": ["
                    + IntStream.range(0, 1_000).mapToObj(Integer::toString).collect(Collectors.joining(","))
                    + "], \"step\": {\"tool\": \"" + StepRunner.TOOL + "\", \"input\": {\"text\": \"n {item}\"}}}}}");

    static final String INPUT = "{\"text\": \"hello\"}";

    private final int inSequence;
    private final String definition;

    Shape(int inSequence, String definition) {
        this.inSequence = inSequence;
        this.definition = definition;
    }

    /** How many requests follow each other at least. */
    int inSequence() {
        return inSequence;
    }

    String definition() {
        return definition;
    }

    /** As on the command line, and in reports. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static String tool(String id, String input) {
        return "{\"id\": \"" + id + "\", \"tool\": \"" + StepRunner.TOOL + "\", \"input\": " + input + "}";
    }

    private static String steps(String... steps) {
        return "{\"output\": \"done\", \"steps\": [" + String.join(", ", steps) + "]}";
    }

    private static String nested(int depth) {
        String step = depth == 1
                ? tool("a", "{\"text\": \"{input.text}\"}")
                : "{\"id\": \"a\", \"workflow\": " + nested(depth - 1) + ", \"input\": {\"text\": \"{input.text}\"}}";
        return "{\"steps\": " + step + "}";
    }
}
