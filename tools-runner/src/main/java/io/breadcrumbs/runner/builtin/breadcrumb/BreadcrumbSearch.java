package io.breadcrumbs.runner.builtin.breadcrumb;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.sdk.breadcrumb.Breadcrumbs;
import io.breadcrumbs.sdk.tool.Describe;
import io.breadcrumbs.sdk.tool.Tool;
import io.breadcrumbs.sdk.tool.ToolContext;
import io.breadcrumbs.sdk.tool.ToolSpec;
import io.breadcrumbs.sdk.tool.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks for breadcrumbs of the request's workspace: asks the processes that have a view of them. */
final class BreadcrumbSearch implements Tool<BreadcrumbSearch.Input, BreadcrumbSearch.Output> {

    private static final ToolSpec<Input, Output> SPEC = ToolSpec.of(
                    "breadcrumb_search",
                    "Finds breadcrumbs by words, by tags, by schema and by fields of their context.",
                    Input.class,
                    Output.class)
            .effects(SideEffects.NONE)
            .examples("""
                    {"input": {"text": "milk", "selector": {"any_tags": ["shopping"]}, "limit": 5},\
                     "output": {"items": [{"id": "0d9f", "title": "Milk"}], "cursor": null}}""");

    record Input(
            @Describe("Words that title or context have, all of them.") @Nullable
            String text,

            @Describe("any_tags, all_tags, none_tags, schema_name, context_match with path, op and value.") @Nullable
            JsonNode selector,

            @Describe("How many at most, 50 unless said.") @Nullable
            Integer limit,

            @Describe("Where the page before ended.") @Nullable
            String cursor) {}

    record Output(
            @Describe("The breadcrumbs.") List<JsonNode> items,

            @Describe("Where the next page begins; null: there is none.") @Nullable
            String cursor) {}

    private final Breadcrumbs breadcrumbs;

    BreadcrumbSearch(Breadcrumbs breadcrumbs) {
        this.breadcrumbs = breadcrumbs;
    }

    @Override
    public ToolSpec<Input, Output> spec() {
        return SPEC;
    }

    @Override
    public Output execute(Input input, ToolContext context) throws Exception {
        Map<String, Object> search = new LinkedHashMap<>();
        putIfPresent(search, "text", input.text());
        putIfPresent(search, "selector", input.selector());
        putIfPresent(search, "limit", input.limit());
        putIfPresent(search, "cursor", input.cursor());
        String workspace = context.request().getMeta().getWorkspace();
        JsonNode found = Values.parse(BreadcrumbTools.await(breadcrumbs.find(workspace, Values.write(search))));
        List<JsonNode> items = new ArrayList<>();
        found.path("items").forEach(items::add);
        return new Output(items, found.path("cursor").textValue());
    }

    private static void putIfPresent(Map<String, Object> search, String name, @Nullable Object value) {
        if (value != null) {
            search.put(name, value);
        }
    }
}
