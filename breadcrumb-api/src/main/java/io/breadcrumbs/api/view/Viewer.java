package io.breadcrumbs.api.view;

import io.breadcrumbs.schemas.Breadcrumb;
import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.schemas.Visibility;
import io.breadcrumbs.sdk.breadcrumb.Grants;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who looks at breadcrumbs, and from where.
 *
 * @param workspace whose breadcrumbs are found; of others only what is public can be read, by its id
 * @param name of the agent or user
 * @param all whether everything in the workspace is seen, whatever its visibility
 */
public record Viewer(String workspace, String name, boolean all) {

    /** Whether it may read a breadcrumb. */
    public boolean sees(Breadcrumb one) {
        return sees(one.getMeta().getWorkspace(), one.getVisibility(), one.getCreatedBy(), one.getAcl());
    }

    /** Whether it may know a version, by what held for that version. */
    public boolean sees(BreadcrumbEvent event) {
        return sees(event.getMeta().getWorkspace(), event.getVisibility(), event.getCreatedBy(), event.getAcl());
    }

    private boolean sees(String where, Visibility visibility, @Nullable String createdBy, List<String> acl) {
        return where.equals(workspace)
                ? all || Grants.sees(name, visibility, createdBy, acl)
                : visibility == Visibility.PUBLIC;
    }
}
