package io.breadcrumbs.api.security;

import io.breadcrumbs.api.http.Role;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Who a key or a token says that it is.
 *
 * @param id by which its requests are counted
 * @param workspaces that it may be in; the first is its usual one
 */
record Known(String id, String name, List<String> workspaces, Set<Role> roles) {

    Known {
        workspaces = List.copyOf(workspaces);
        roles = Set.copyOf(roles);
    }

    /** Roles that nobody knows give nothing. */
    static Known of(String id, String name, List<String> workspaces, List<String> roles) {
        Set<Role> known = EnumSet.noneOf(Role.class);
        roles.forEach(role -> Role.named(role).ifPresent(known::add));
        return new Known(id, name, workspaces, known);
    }
}
