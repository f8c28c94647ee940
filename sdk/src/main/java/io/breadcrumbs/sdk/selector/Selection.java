package io.breadcrumbs.sdk.selector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.schemas.Selector;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.Values;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A selector that is known to be sound. */
public record Selection(
        Set<String> anyTags,
        Set<String> allTags,
        Set<String> noneTags,
        @Nullable String schemaName,
        List<Condition> context) {

    private static final Selection EVERYTHING = new Selection(Set.of(), Set.of(), Set.of(), null, List.of());

    /** A context that is no JSON; it meets no condition. JSON itself has no bytes. */
    private static final JsonNode NO_JSON = BinaryNode.valueOf(new byte[0]);

    public Selection {
        anyTags = Set.copyOf(anyTags);
        allTags = Set.copyOf(allTags);
        noneTags = Set.copyOf(noneTags);
        context = List.copyOf(context);
    }

    /**
     * What a selector says.
     *
     * @throws IllegalArgumentException with what is wrong with it
     */
    public static Selection of(Selector said) {
        return new Selection(
                Set.copyOf(said.getAnyTags()),
                Set.copyOf(said.getAllTags()),
                Set.copyOf(said.getNoneTags()),
                said.getSchemaName(),
                said.getContext().stream().map(Condition::of).toList());
    }

    /** Whether it says nothing: every breadcrumb is selected. */
    public boolean selectsEverything() {
        return equals(EVERYTHING);
    }

    public boolean matches(BreadcrumbEvent event) {
        return matches(event.getTags(), event.getSchemaName(), event.getContext());
    }

    /** Whether a breadcrumb of these tags, of this schema and with this context is selected. */
    public boolean matches(List<String> tags, @Nullable String schema, @Nullable String document) {
        return matches(tags, schema, () -> fields(document));
    }

    /**
     * The same, where many ask about one breadcrumb.
     *
     * @param fields the context as {@link #fields} gives it; asked for only where it matters
     */
    public boolean matches(List<String> tags, @Nullable String schema, Supplier<JsonNode> fields) {
        return matchesWithoutContext(tags, schema) && (context.isEmpty() || matchesContext(fields.get()));
    }

    /** Whether it would be selected if its context met all conditions: nobody knows the context of what is gone. */
    public boolean matchesWithoutContext(List<String> tags, @Nullable String schema) {
        return (anyTags.isEmpty() || !Collections.disjoint(anyTags, tags))
                && tags.containsAll(allTags)
                && Collections.disjoint(noneTags, tags)
                && (schemaName == null || schemaName.equals(schema));
    }

    private boolean matchesContext(JsonNode fields) {
        return !fields.isBinary() && context.stream().allMatch(condition -> condition.matches(fields));
    }

    /** A context as conditions look at it. */
    public static JsonNode fields(@Nullable String document) {
        try {
            return document == null ? MissingNode.getInstance() : Values.parse(document);
        } catch (ToolFailure e) {
            return NO_JSON;
        }
    }
}
