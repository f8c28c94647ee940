package io.breadcrumbs.runner.builtin.breadcrumb;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.runner.builtin.breadcrumb.BreadcrumbTools.Changed;
import io.breadcrumbs.sdk.breadcrumb.Breadcrumbs;
import io.breadcrumbs.sdk.breadcrumb.Change;
import io.breadcrumbs.sdk.tool.Describe;
import io.breadcrumbs.sdk.tool.Tool;
import io.breadcrumbs.sdk.tool.ToolContext;
import io.breadcrumbs.sdk.tool.ToolSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes a breadcrumb of the request's workspace. */
final class BreadcrumbUpdate implements Tool<BreadcrumbUpdate.Input, Changed> {

    private static final ToolSpec<Input, Changed> SPEC = ToolSpec.of(
                    "breadcrumb_update",
                    "Changes a breadcrumb: its title, its tags, and fields of its context.",
                    Input.class,
                    Changed.class)
            .examples("""
                    {"input": {"id": "0d9f", "version": 1, "context": {"litres": 3}},\
                     "output": {"id": "0d9f", "version": 2}}""");

    record Input(
            @Describe("Id of the breadcrumb.") String id,

            @Describe("The version that it must still have.") @Nullable
            Integer version,

            @Describe("New title.") @Nullable String title,

            @Describe("Fields of the context that change; null takes one away.") @Nullable
            JsonNode context,

            @Describe("Whether the given context replaces the whole of the old one.") @Nullable
            Boolean replace,

            @Describe("Tags to be added.") @Nullable List<String> add_tags,
            @Describe("Tags to be removed.") @Nullable List<String> remove_tags) {}

    private final Breadcrumbs breadcrumbs;

    BreadcrumbUpdate(Breadcrumbs breadcrumbs) {
        this.breadcrumbs = breadcrumbs;
    }

    @Override
    public ToolSpec<Input, Changed> spec() {
        return SPEC;
    }

    @Override
    public Changed execute(Input input, ToolContext context) throws Exception {
        Change change = Boolean.TRUE.equals(input.replace()) ? Change.patch(input.id()) : Change.merge(input.id());
        change = input.version() == null ? change : change.base(input.version());
        change = input.title() == null ? change : change.title(input.title());
        change = input.context() == null
                ? change
                : change.context(input.context().toString());
        change = input.add_tags() == null ? change : change.add(input.add_tags());
        change = input.remove_tags() == null ? change : change.remove(input.remove_tags());
        return BreadcrumbTools.made(breadcrumbs, change, context);
    }
}
