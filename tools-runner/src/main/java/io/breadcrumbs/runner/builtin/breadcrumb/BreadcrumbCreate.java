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

/** Writes a new breadcrumb in the workspace of the request. */
final class BreadcrumbCreate implements Tool<BreadcrumbCreate.Input, Changed> {

    private static final ToolSpec<Input, Changed> SPEC = ToolSpec.of(
                    "breadcrumb_create", "Writes a new breadcrumb.", Input.class, Changed.class)
            .examples("""
                    {"input": {"schema_name": "note.v1", "title": "Milk", "tags": ["shopping"], "context": {"litres": 2}},\
                     "output": {"id": "0d9f", "version": 1}}""");

    record Input(
            @Describe("Schema name, for example note.v1.") String schema_name,
            @Describe("Title for people.") @Nullable String title,

            @Describe("Tags by which it is found.") @Nullable
            List<String> tags,

            @Describe("Body, a JSON object.") @Nullable JsonNode context,

            @Describe("When it ends, for example 2030-01-31T12:00:00Z.") @Nullable
            String ttl) {}

    private final Breadcrumbs breadcrumbs;

    BreadcrumbCreate(Breadcrumbs breadcrumbs) {
        this.breadcrumbs = breadcrumbs;
    }

    @Override
    public ToolSpec<Input, Changed> spec() {
        return SPEC;
    }

    @Override
    public Changed execute(Input input, ToolContext context) throws Exception {
        Change change = Change.create(input.schema_name());
        change = input.title() == null ? change : change.title(input.title());
        change = input.tags() == null ? change : change.tags(input.tags());
        change = input.context() == null
                ? change
                : change.context(input.context().toString());
        change = input.ttl() == null ? change : change.ends(BreadcrumbTools.instant(input.ttl()));
        return BreadcrumbTools.made(breadcrumbs, change, context);
    }
}
