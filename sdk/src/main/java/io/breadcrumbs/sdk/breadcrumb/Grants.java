package io.breadcrumbs.sdk.breadcrumb;

import io.breadcrumbs.schemas.Visibility;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may see a breadcrumb within its workspace, of those who may not see all of it. */
public final class Grants {

    private Grants() {}

    /** Whether it lets this one see it. */
    public static boolean sees(String name, Visibility visibility, @Nullable String createdBy, List<String> acl) {
        return switch (visibility) {
            case WORKSPACE, PUBLIC -> true;
            case PRIVATE -> name.equals(createdBy) || acl.contains(name);
        };
    }
}
