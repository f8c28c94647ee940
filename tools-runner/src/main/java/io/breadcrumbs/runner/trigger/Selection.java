package io.breadcrumbs.runner.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.schemas.Selector;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.Values;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A selector that is known to be sound. */
record Selection(
        Set<String> anyTags,
        Set<String> allTags,
        Set<String> noneTags,
        @Nullable String schemaName,
        List<Condition> context) {

    /** @throws IllegalArgumentException with what is wrong with it; one that says nothing would select everything */
    static Selection of(@Nullable Selector said) {
        if (said == null) {
            throw new IllegalArgumentException("selector: expected one, got none");
        }
        Selection selection = new Selection(
                Set.copyOf(said.getAnyTags()),
                Set.copyOf(said.getAllTags()),
                Set.copyOf(said.getNoneTags()),
                said.getSchemaName(),
                said.getContext().stream().map(Condition::of).toList());
        if (selection.equals(new Selection(Set.of(), Set.of(), Set.of(), null, List.of()))) {
            throw new IllegalArgumentException("selector: expected tags, a schema name or a context, got nothing");
        }
        return selection;
    }

    boolean matches(BreadcrumbEvent event) {
        List<String> tags = event.getTags();
        return (anyTags.isEmpty() || !Collections.disjoint(anyTags, tags))
                && tags.containsAll(allTags)
                && Collections.disjoint(noneTags, tags)
                && (schemaName == null || schemaName.equals(event.getSchemaName()))
                && matchesContext(event.getContext());
    }

    private boolean matchesContext(@Nullable String document) {
        if (context.isEmpty()) {
            return true;
        }
        JsonNode fields;
        try {
            fields = document == null ? MissingNode.getInstance() : Values.parse(document);
        } catch (ToolFailure e) {
            return false; // a context that is no JSON meets no condition
        }
        return context.stream().allMatch(condition -> condition.matches(fields));
    }
}
