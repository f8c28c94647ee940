package io.breadcrumbs.api;

import java.util.Map;

/** A platform with nothing in it. */
final class Nothing implements Inside {

    @Override
    public Map<String, Condition> parts() {
        return Map.of();
    }

    @Override
    public String meters() {
        return "";
    }
}
