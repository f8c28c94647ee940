package io.breadcrumbs.api.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.api.http.Bodies;
import io.breadcrumbs.schemas.Visibility;
import io.breadcrumbs.sdk.breadcrumb.Change;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a breadcrumb is to be, or to become, as callers say it; what is left out stays as it is. */
record Written(
        @Nullable String id,
        @JsonProperty("schema_name") @Nullable String schemaName,
        @Nullable String title,
        @Nullable JsonNode context,
        @Nullable List<String> tags,
        @Nullable Access access,
        @Nullable String ttl,
        @Nullable List<Float> embedding) {

    Written {
        Bodies.withoutNulls("tags", tags);
        Bodies.withoutNulls("embedding", embedding);
    }

    Change creation() {
        if (schemaName == null) {
            throw Bodies.wrong("schema_name", "expected one, got none");
        }
        Change change = applied(Change.create(schemaName));
        return id == null ? change : change.id(id);
    }

    /** @param change of a breadcrumb that is there */
    Change onto(Change change) {
        if (id != null || schemaName != null) {
            throw Bodies.wrong(id != null ? "id" : "schema_name", "expected none, since it cannot be changed");
        }
        return applied(change);
    }

    private Change applied(Change begun) {
        Change change = begun;
        change = title == null ? change : change.title(title);
        change = tags == null ? change : change.tags(tags);
        change = embedding == null ? change : change.embedding(embedding);
        change = ttl == null ? change : change.ends(Bodies.instant("ttl", ttl));
        if (access != null) {
            change = access.onto(change);
        }
        return context == null || context.isNull() ? change : change.context(context.toString());
    }

    /** Who may see a breadcrumb. */
    record Access(@Nullable String visibility, @Nullable List<String> acl) {

        Access {
            Bodies.withoutNulls("access.acl", acl);
        }

        Change onto(Change begun) {
            Change change = acl == null ? begun : begun.acl(acl);
            return visibility == null ? change : change.visibility(parsed(visibility));
        }

        private static Visibility parsed(String name) {
            try {
                return Visibility.valueOf(name.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw Bodies.wrong("access.visibility", "expected workspace, public or private, got " + name);
            }
        }
    }

    /** Tags to be added and removed. */
    record Tags(@Nullable List<String> add, @Nullable List<String> remove) {

        Tags {
            Bodies.withoutNulls("add", add);
            Bodies.withoutNulls("remove", remove);
        }

        Change of(String id) {
            return Change.tag(id).add(add == null ? List.of() : add).remove(remove == null ? List.of() : remove);
        }
    }
}
