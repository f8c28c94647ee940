package io.breadcrumbs.runner.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.ToolKind;
import io.breadcrumbs.sdk.tool.Tool;
import io.breadcrumbs.sdk.tool.ToolContext;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.ToolSpec;
import io.breadcrumbs.sdk.tool.Values;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** The tools in Java that this runner has. */
public final class JavaTools implements Provider {

    private final Map<String, Typed<?, ?>> tools = new LinkedHashMap<>();

    /** @throws IllegalArgumentException if two tools have the same name and version */
    public JavaTools(Collection<? extends Tool<?, ?>> all) {
        for (Tool<?, ?> tool : all) {
            Typed<?, ?> typed = Typed.of(tool);
            String key = key(typed.spec().name(), typed.spec().version());
            Typed<?, ?> other = tools.putIfAbsent(key, typed);
            if (other != null) {
                throw new IllegalArgumentException("tool " + key + ": expected one, got "
                        + other.tool().getClass().getName() + " and "
                        + tool.getClass().getName() + ": give one of them another version");
            }
        }
    }

    /** All tools that are announced as services on the class path. */
    public static List<Tool<?, ?>> found() {
        List<Tool<?, ?>> found = new ArrayList<>();
        ServiceLoader.load(Tool.class).forEach(found::add);
        return found;
    }

    public List<ToolSpec<?, ?>> specs() {
        List<ToolSpec<?, ?>> specs = new ArrayList<>();
        tools.values().forEach(typed -> specs.add(typed.spec()));
        return specs;
    }

    public boolean has(String name, String version) {
        return tools.containsKey(key(name, version));
    }

    private static String key(String name, String version) {
        return name + "/" + version;
    }

    @Override
    public ToolKind kind() {
        return ToolKind.JAVA;
    }

    @Override
    public Executable prepare(ToolDefinition definition) throws ToolFailure {
        Typed<?, ?> typed = tools.get(key(definition.getName(), definition.getVersion()));
        if (typed == null) {
            throw ToolFailure.of(
                    ErrorKind.NOT_FOUND,
                    "NOT_ON_THIS_RUNNER",
                    "this runner does not have the Java tool " + key(definition.getName(), definition.getVersion()));
        }
        return typed;
    }

    @Override
    public Optional<String> lacks(ToolDefinition definition) {
        return has(definition.getName(), definition.getVersion())
                ? Optional.empty()
                : Optional.of("the Java tool '" + definition.getName() + "' version " + definition.getVersion()
                        + ", which this runner lacks: add it, or take it out of the catalogue");
    }

    /** A tool, and what it says of itself, which it is asked for once. */
    private record Typed<I, O>(Tool<I, O> tool, ToolSpec<I, O> spec) implements Executable {

        static <I, O> Typed<I, O> of(Tool<I, O> tool) {
            return new Typed<>(tool, tool.spec());
        }

        @Override
        public String execute(JsonNode input, ToolContext context) throws Exception {
            I read = Values.read(input, spec.input());
            return Values.write(tool.execute(read, context));
        }
    }
}
